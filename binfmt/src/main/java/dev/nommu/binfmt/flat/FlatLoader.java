package dev.nommu.binfmt.flat;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Page;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Protection;
import dev.nommu.binfmt.stack.StackTable;
import dev.nommu.binfmt.stack.Strings;
import dev.nommu.binfmt.stack.WordFormat;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/** Loads a flat file (rules EXEC-04, EXEC-05). For one exec. */
final class FlatLoader {
  private static final Set<Protection> TEXT = EnumSet.of(Protection.READ, Protection.EXEC);
  private static final Set<Protection> ALL = EnumSet.allOf(Protection.class);
  private static final long STACK_ALIGNMENT = 16;
  private static final long ENTRY_MASK = 0x00ff_ffff;
  private static final long BRK_ALIGNMENT = 4;

  private final Executable file;
  private final FlatHeader header;
  private final ExecRequest request;
  private final ProcessMemory memory;
  private final long stackLength;

  FlatLoader(Executable file, FlatHeader header, ExecRequest request, ProcessMemory memory) {
    this.file = file;
    this.header = header;
    this.request = request;
    this.memory = memory;
    this.stackLength = stackLength(header, request);
  }

  /** Returns the stack size that the file requests, plus the strings and their addresses. */
  private static long stackLength(FlatHeader header, ExecRequest request) {
    long addresses = request.arguments().size() + 1L + request.environment().size() + 1L;
    long arguments = Strings.size(request) + addresses * WordFormat.LITTLE_64.size();
    return align(header.stackSize() + arguments, STACK_ALIGNMENT);
  }

  LoadedImage load() throws ErrnoException {
    FlatLayout layout = header.isLoadedToRam() ? loadToRam() : loadInPlace();
    new FlatRelocations(file, layout, memory).apply();
    memory.clear(layout.bss(), layout.end() - layout.bss());
    Strings strings = Strings.place(memory, request, layout.end() - Integer.BYTES);
    long stackPointer =
        new StackTable(strings).place(memory, strings.start(), WordFormat.LITTLE_64);
    return LoadedImage.builder(layout.text() + (header.entry() & ENTRY_MASK), stackPointer)
        .heap(align(layout.bssEnd(), BRK_ALIGNMENT), layout.end() - stackLength)
        .build();
  }

  /** Maps text, in place or shared if possible, and reads data. */
  private FlatLayout loadInPlace() throws ErrnoException {
    long text = memory.map(file, header.textLength(), TEXT, 0);
    long length = Page.align(header.dataLength() + extra());
    long data = memory.mapAnonymous(length, ALL);
    readData(data);
    return new FlatLayout(header, text, data, data + length);
  }

  private FlatLayout loadToRam() throws ErrnoException {
    long length = Page.align(header.textLength() + header.dataLength() + extra());
    long text = memory.mapAnonymous(length, ALL);
    long data = text + header.dataStart();
    if (header.has(FlatHeader.GZIP)) {
      long loaded = header.textLength() + header.dataLength() + header.relocationLength();
      file.read(memory.at(text, FlatHeader.SIZE), 0);
      MemorySegment rest = memory.at(text, loaded).asSlice(FlatHeader.SIZE);
      new GzipMember(file, FlatHeader.SIZE).inflate(rest);
    } else {
      file.read(memory.at(text, header.textLength()), 0);
      readData(data);
    }
    return new FlatLayout(header, text, data, text + length);
  }

  /** Returns the room for bss and stack, or for the relocations, which are read there first. */
  private long extra() {
    return Math.max(header.bssLength() + stackLength, header.relocationLength());
  }

  private void readData(long data) throws ErrnoException {
    MemorySegment into = memory.at(data, header.dataLength() + header.relocationLength());
    if (header.has(FlatHeader.GZDATA)) {
      new GzipMember(file, header.dataStart()).inflate(into);
    } else {
      file.read(into, header.dataStart());
    }
  }

  private static long align(long value, long alignment) {
    return (value + alignment - 1) & -alignment;
  }
}
