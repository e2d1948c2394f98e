package dev.nommu.binfmt.elf;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Executable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The headers of an ELF file.
 *
 * @param file the file
 * @param header its header
 * @param programs its program headers, in order
 */
record ElfFile(Executable file, ElfHeader header, List<ProgramHeader> programs) {
  ElfFile {
    programs = List.copyOf(programs);
  }

  static ElfFile read(Executable file) throws NotElfException, ErrnoException {
    ElfHeader header = ElfHeader.read(file.head());
    if (!file.isMappable()) {
      throw new NotElfException("the file cannot be mapped");
    }
    return new ElfFile(file, header, programs(file, header));
  }

  private static List<ProgramHeader> programs(Executable file, ElfHeader header)
      throws NotElfException, ErrnoException {
    int size = ProgramHeader.size(header.words());
    MemorySegment table = MemorySegment.ofArray(new byte[header.entries() * size]);
    if (header.tableOffset() < 0 || file.read(table, header.tableOffset()) < table.byteSize()) {
      throw new NotElfException(
          "the file ends before its program headers at 0x%x".formatted(header.tableOffset()));
    }
    List<ProgramHeader> programs = new ArrayList<>();
    for (int i = 0; i < header.entries(); i++) {
      programs.add(ProgramHeader.read(header.words(), table.asSlice((long) i * size, size)));
    }
    return programs;
  }

  List<ProgramHeader> loads() {
    return programs.stream().filter(ProgramHeader::isLoad).toList();
  }

  /** Returns the first program header of a type. */
  Optional<ProgramHeader> first(long type) {
    return programs.stream().filter(program -> program.type() == type).findFirst();
  }
}
