package dev.nommu.kernel.exec;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Protection;
import dev.nommu.api.Recognition;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;

/** The example of the guide to executables: files that begin with a colon. */
public final class HexFormat implements BinaryFormat {
  @Override
  public String name() {
    return "hex";
  }

  @Override
  public Recognition recognize(Executable file, ExecRequest request) {
    if (file.head().get(ValueLayout.JAVA_BYTE, 0) != ':') {
      return Recognition.notMine("expected a colon");
    }
    return Recognition.program(memory -> load(file, memory));
  }

  private static LoadedImage load(Executable file, ProcessMemory memory) throws ErrnoException {
    long text = memory.map(file, 4096, EnumSet.of(Protection.READ, Protection.EXEC), 0);
    long stack = memory.mapAnonymous(8192, EnumSet.of(Protection.READ, Protection.WRITE));
    return LoadedImage.builder(text + 1, stack + 8176).heap(stack, stack).build();
  }
}
