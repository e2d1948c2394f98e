package dev.nommu.binfmt.elf;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Protection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The stack that an ELF program requests with PT_GNU_STACK (rule EXEC-09).
 *
 * @param size bytes
 * @param protection its protection
 */
record ElfStack(long size, Set<Protection> protection) {
  private static final long DEFAULT_SIZE = 128 * 1024;
  private static final long LEAST_SIZE = 2 * Page.SIZE;

  static ElfStack of(ElfFile program, Optional<ElfFile> interpreter) {
    Optional<ProgramHeader> own = program.first(ProgramHeader.PT_GNU_STACK);
    Optional<ProgramHeader> other =
        own.filter(stack -> stack.memorySize() > 0).isPresent()
            ? Optional.empty()
            : interpreter.flatMap(elf -> elf.first(ProgramHeader.PT_GNU_STACK));
    Optional<ProgramHeader> asked = other.or(() -> own);
    long size =
        asked.map(ProgramHeader::memorySize).filter(bytes -> bytes > 0).orElse(DEFAULT_SIZE);
    Set<Protection> protection = EnumSet.of(Protection.READ, Protection.WRITE);
    if (asked.filter(ProgramHeader::isExecutable).isPresent()) {
      protection.add(Protection.EXEC);
    }
    return new ElfStack(Math.max(Page.align(size), LEAST_SIZE), protection);
  }

  /** Maps the stack and returns its lowest address. */
  long map(ProcessMemory memory) throws ErrnoException {
    return memory.mapAnonymous(size, protection);
  }
}
