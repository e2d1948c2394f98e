package dev.nommu.binfmt.flat;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.Recognition;
import java.util.Optional;

/** bFLT version 4 (rules EXEC-02 to EXEC-05). Version 2 is not supported. */
public final class FlatFormat implements BinaryFormat {
  /** Creates the format. */
  public FlatFormat() {}

  @Override
  public String name() {
    return "flat";
  }

  @Override
  public Recognition recognize(Executable file, ExecRequest request) throws ErrnoException {
    if (!FlatHeader.isFlat(file.head())) {
      return Recognition.notMine("expected \"bFLT\" at the beginning");
    }
    FlatHeader header = FlatHeader.read(file.head());
    Optional<String> fault = header.fault();
    if (fault.isPresent()) {
      return Recognition.notMine(fault.get());
    }
    long data = header.dataLength() + header.bssLength();
    if (data > request.dataLimit()) {
      throw ErrnoException.byRule(
          "EXEC-03",
          Errno.ENOMEM,
          "execve %s: %d bytes of data and bss exceed the limit of %d"
              .formatted(file.path(), data, request.dataLimit()));
    }
    return Recognition.program(memory -> new FlatLoader(file, header, request, memory).load());
  }
}
