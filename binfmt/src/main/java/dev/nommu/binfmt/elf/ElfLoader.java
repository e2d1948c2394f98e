package dev.nommu.binfmt.elf;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.LoadMap;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Page;
import dev.nommu.api.ProcessMemory;
import dev.nommu.binfmt.stack.StackTable;
import dev.nommu.binfmt.stack.Strings;
import dev.nommu.binfmt.stack.WordFormat;
import java.util.Optional;

/** Loads an ELF program: its segments, those of its interpreter, the stack. For one exec. */
final class ElfLoader {
  private static final int AT_PHDR = 3;
  private static final int AT_PHENT = 4;
  private static final int AT_PHNUM = 5;
  private static final int AT_PAGESZ = 6;
  private static final int AT_BASE = 7;
  private static final int AT_FLAGS = 8;
  private static final int AT_ENTRY = 9;
  private static final int AT_UID = 11;
  private static final int AT_EUID = 12;
  private static final int AT_GID = 13;
  private static final int AT_EGID = 14;
  private static final int AT_HWCAP = 16;
  private static final int AT_CLKTCK = 17;
  private static final int AT_SECURE = 23;
  private static final int AT_EXECFN = 31;
  private static final int AT_NULL = 0;
  private static final long TICKS_A_SECOND = 100;

  private final ElfFile program;
  private final Optional<ElfFile> interpreter;
  private final ExecRequest request;
  private final long hwcap;
  private final ProcessMemory memory;
  private final WordFormat words;

  ElfLoader(
      ElfFile program,
      Optional<ElfFile> interpreter,
      ExecRequest request,
      long hwcap,
      ProcessMemory memory) {
    this.program = program;
    this.interpreter = interpreter;
    this.request = request;
    this.hwcap = hwcap;
    this.memory = memory;
    this.words = program.header().words();
  }

  LoadedImage load() throws ErrnoException {
    PlacedElf placed = new SegmentMapper(program, memory).place();
    Optional<PlacedElf> placedInterpreter = Optional.empty();
    if (interpreter.isPresent()) {
      placedInterpreter = Optional.of(new SegmentMapper(interpreter.get(), memory).place());
    }
    ElfStack stack = ElfStack.of(program, interpreter);
    long bottom = stack.map(memory);
    return fillStack(placed, placedInterpreter, bottom, bottom + stack.size());
  }

  private LoadedImage fillStack(
      PlacedElf placed, Optional<PlacedElf> placedInterpreter, long bottom, long top)
      throws ErrnoException {
    Strings strings = Strings.place(memory, request, top);
    LoadMapWriter maps = new LoadMapWriter(memory, words);
    LoadMap map = maps.place(placed, strings.start());
    long below = map.address();
    Optional<LoadMap> interpreterMap = Optional.empty();
    if (placedInterpreter.isPresent()) {
      interpreterMap = Optional.of(maps.place(placedInterpreter.get(), below));
      below = interpreterMap.get().address();
    }
    StackTable table = new StackTable(strings);
    addAuxiliaryVector(table, placed, placedInterpreter, strings);
    long entry =
        placedInterpreter.map(PlacedElf::entry).filter(found -> found != 0).orElse(placed.entry());
    LoadedImage.Builder image =
        LoadedImage.builder(entry, table.place(memory, below, words))
            .heap(bottom, bottom)
            .loadMap(map)
            .target(program.header().target());
    interpreterMap.ifPresent(image::interpreterLoadMap);
    if (memory.wantsSymbols()) {
      image.symbols(ElfSymbols.of(placed));
    }
    return image.build();
  }

  private void addAuxiliaryVector(
      StackTable table, PlacedElf placed, Optional<PlacedElf> placedInterpreter, Strings strings) {
    add(table, AT_HWCAP, hwcap);
    add(table, AT_PAGESZ, Page.SIZE);
    add(table, AT_CLKTCK, TICKS_A_SECOND);
    add(table, AT_PHDR, placed.tableAddress());
    add(table, AT_PHENT, ProgramHeader.size(words));
    add(table, AT_PHNUM, program.header().entries());
    add(table, AT_BASE, placedInterpreter.map(PlacedElf::headerAddress).orElse(0L));
    add(table, AT_FLAGS, 0);
    add(table, AT_ENTRY, placed.entry());
    add(table, AT_UID, request.owner().uid());
    add(table, AT_EUID, request.owner().uid());
    add(table, AT_GID, request.owner().gid());
    add(table, AT_EGID, request.owner().gid());
    add(table, AT_SECURE, 0);
    add(table, AT_EXECFN, strings.path());
    add(table, AT_NULL, 0);
  }

  private static void add(StackTable table, int type, long value) {
    table.add(type);
    table.add(value);
  }
}
