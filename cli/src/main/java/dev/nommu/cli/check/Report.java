package dev.nommu.cli.check;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A form in which results are written. */
interface Report {
  /**
   * Writes results.
   *
   * @param place the jar or folder that was checked
   */
  void write(String place, List<Checked> checked, Writer to) throws IOException;
}
