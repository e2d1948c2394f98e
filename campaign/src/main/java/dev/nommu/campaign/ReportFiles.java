package dev.nommu.campaign;

import java.io.IOException;
import java.nio.file.Path;

/** Reports of a campaign, for people, programs and build servers. */
final class ReportFiles {
  private ReportFiles() {}

  /** Writes {@code report.html}, {@code report.json} and {@code junit.xml}, each atomically. */
  static void write(CampaignReport report, Path folder) throws IOException {
    WholeFile.write(folder.resolve("report.html"), HtmlReport.of(report));
    WholeFile.write(folder.resolve("report.json"), JsonReport.of(report));
    WholeFile.write(folder.resolve("junit.xml"), JunitReport.of(report));
  }
}
