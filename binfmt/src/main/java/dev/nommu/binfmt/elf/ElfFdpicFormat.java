package dev.nommu.binfmt.elf;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.PluginFinder;
import dev.nommu.api.Processor;
import dev.nommu.api.Recognition;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * ELF without an MMU (rules EXEC-06 to EXEC-09): FDPIC, and ET_DYN in one block. Loads both classes
 * and byte orders, whether or not a plugin provides a processor for them.
 */
public final class ElfFdpicFormat implements BinaryFormat {
  private static final long PATH_MAX = 4096;

  private final List<Processor> processors;

  /** Creates the format, with the processors of the machine's plugins. */
  public ElfFdpicFormat() {
    this.processors =
        PluginFinder.current().find(Processor.class).stream()
            .map(Supplier::get)
            .sorted(Comparator.comparing(Processor::name))
            .toList();
  }

  @Override
  public String name() {
    return "elf_fdpic";
  }

  @Override
  public Recognition recognize(Executable file, ExecRequest request) throws ErrnoException {
    ElfFile program;
    try {
      program = ElfFile.read(file);
    } catch (NotElfException other) {
      return Recognition.notMine(other.why());
    }
    if (!program.header().isFdpic() && !program.header().isPositionIndependent()) {
      return Recognition.notMine(
          "expected FDPIC or ET_DYN: segments cannot be loaded at fixed addresses");
    }
    Optional<ElfFile> interpreter = interpreter(program);
    return Recognition.program(
        memory -> new ElfLoader(program, interpreter, request, hwcap(program), memory).load());
  }

  /** Returns AT_HWCAP of the processor that runs a program; 0 if there is none. */
  private long hwcap(ElfFile program) {
    return processors.stream()
        .filter(each -> each.target().equals(program.header().target()))
        .findFirst()
        .map(Processor::hwcap)
        .orElse(0L);
  }

  private static Optional<ElfFile> interpreter(ElfFile program) throws ErrnoException {
    Optional<ProgramHeader> named = program.first(ProgramHeader.PT_INTERP);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Executable file = program.file().open(path(program.file(), named.get()));
    try {
      return Optional.of(ElfFile.read(file));
    } catch (NotElfException bad) {
      throw ErrnoException.byRule(
          "EXEC-06",
          Errno.ELIBBAD,
          "execve %s: interpreter %s: %s".formatted(program.file().path(), file.path(), bad.why()));
    }
  }

  private static String path(Executable file, ProgramHeader named) throws ErrnoException {
    long size = named.fileSize();
    if (size > PATH_MAX) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "execve %s: the path of its interpreter has %d bytes".formatted(file.path(), size));
    }
    byte[] bytes = new byte[(int) size];
    MemorySegment text = MemorySegment.ofArray(bytes);
    long read = file.read(text, named.offset());
    if (size < 2 || read < size || text.get(ValueLayout.JAVA_BYTE, size - 1) != 0) {
      throw new ErrnoException(
          Errno.ENOENT,
          "execve %s: expected the path of its interpreter and a zero byte, found %d of %d bytes"
              .formatted(file.path(), read, size));
    }
    String path = new String(bytes, StandardCharsets.UTF_8);
    return path.substring(0, path.indexOf('\0'));
  }
}
