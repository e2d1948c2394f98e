package dev.nommu.kernel.mm;

/**
 * The numbered rules that decisions about mappings cite. {@code docs/RULES.md} has them all, each
 * with its sentence in the document and its test.
 */
public enum Rule {
  /** MMAP-01: Without MAP_ANONYMOUS the descriptor must be open, and not with O_PATH. */
  MMAP_01(
      "MMAP-01",
      "Without MAP_ANONYMOUS the descriptor must be open, and not with O_PATH.",
      "open the file first, or pass MAP_ANONYMOUS"),
  /** MMAP-02: The offset must be a multiple of the page size. */
  MMAP_02(
      "MMAP-02",
      "The offset must be a multiple of the page size.",
      "pass an offset that is a multiple of 4096"),
  /** MMAP-05: A fixed address cannot be had; the document says the same of a mere hint. */
  MMAP_05(
      "MMAP-05",
      "A fixed address cannot be had; the document says the same of a mere hint.",
      "pass NULL and no MAP_FIXED: without an MMU memory lies where it lies"),
  /** MMAP-06: The type must be exactly MAP_SHARED or exactly MAP_PRIVATE. */
  MMAP_06(
      "MMAP-06",
      "The type must be exactly MAP_SHARED or exactly MAP_PRIVATE.",
      "pass MAP_SHARED or MAP_PRIVATE, not both, neither or MAP_SHARED_VALIDATE"),
  /** MMAP-07: The length must not be 0. */
  MMAP_07("MMAP-07", "The length must not be 0.", "pass a length of 1 or more"),
  /** MMAP-08: The length, rounded up to pages, must not wrap. */
  MMAP_08("MMAP-08", "The length, rounded up to pages, must not wrap.", "pass a smaller length"),
  /** MMAP-09: Offset and length together must not wrap. */
  MMAP_09("MMAP-09", "Offset and length together must not wrap.", "pass a smaller offset"),
  /** MMAP-10: The file must have an mmap operation. */
  MMAP_10(
      "MMAP-10",
      "The file must have an mmap operation.",
      "map a regular file or a device that has one; pipes, directories and /dev/null have none"),
  /**
   * MMAP-11: A file that gives no capabilities must be a regular file, block device or character
   * device.
   */
  MMAP_11(
      "MMAP-11",
      "A file that gives no capabilities must be a regular file, block device or character device.",
      "map another kind of file"),
  /** MMAP-12: No get_unmapped_area: MAP_DIRECT is dropped. Not readable: MAP_COPY is dropped. */
  MMAP_12(
      "MMAP-12",
      "No get_unmapped_area: MAP_DIRECT is dropped. Not readable: MAP_COPY is dropped.",
      "the driver would have to implement DirectlyMappableFile, or ReadableFile for copies"),
  /** MMAP-13: The file must be open for reading, whatever the protection. */
  MMAP_13(
      "MMAP-13",
      "The file must be open for reading, whatever the protection.",
      "open it O_RDONLY or O_RDWR"),
  /** MMAP-14: A shared mapping with PROT_WRITE needs a file open for writing. */
  MMAP_14(
      "MMAP-14",
      "A shared mapping with PROT_WRITE needs a file open for writing.",
      "open it O_RDWR, or leave out PROT_WRITE"),
  /** MMAP-15: An append-only file that is open for writing cannot be mapped shared. */
  MMAP_15(
      "MMAP-15",
      "An append-only file that is open for writing cannot be mapped shared.",
      "open it O_RDONLY"),
  /** MMAP-17: MAP_SHARED needs MAP_DIRECT. */
  MMAP_17(
      "MMAP-17",
      "MAP_SHARED needs MAP_DIRECT.",
      "map MAP_PRIVATE for a copy that keeps its stores to itself; or map what lies in memory: to"
          + " write, a file in ramfs, an MTD of type RAM, a frame buffer; only to read, also romfs"
          + " or an MTD in ROM"),
  /** MMAP-18: For a shared mapping MAP_COPY is dropped. */
  MMAP_18(
      "MMAP-18",
      "For a shared mapping MAP_COPY is dropped.",
      "nothing: a shared mapping is never a copy"),
  /**
   * MMAP-19: A private mapping with PROT_WRITE is a copy, which needs MAP_COPY; so does any private
   * mapping that MAP_DIRECT does not serve, and by 6.12 every one.
   */
  MMAP_19(
      "MMAP-19",
      "A private mapping with PROT_WRITE is a copy, which needs MAP_COPY; so does any private"
          + " mapping that MAP_DIRECT does not serve, and by 6.12 every one.",
      "map it MAP_SHARED; for a copy the file would have to be readable and its backing device to"
          + " permit MAP_COPY"),
  /**
   * MMAP-20: A direct mapping needs the capability for each protection; without it MAP_DIRECT is
   * dropped, and a shared mapping refused.
   */
  MMAP_20(
      "MMAP-20",
      "A direct mapping needs the capability for each protection; without it MAP_DIRECT is dropped,"
          + " and a shared mapping refused.",
      "leave out the protection that the backing device does not permit"),
  /** MMAP-21a: PROT_EXEC is refused on a mount with noexec. */
  MMAP_21A(
      "MMAP-21a",
      "PROT_EXEC is refused on a mount with noexec.",
      "mount without noexec, or leave out PROT_EXEC"),
  /** MMAP-21c: PROT_READ and PROT_EXEC without EXEC_MAP: MAP_DIRECT is dropped. */
  MMAP_21C(
      "MMAP-21c",
      "PROT_READ and PROT_EXEC without EXEC_MAP: MAP_DIRECT is dropped.",
      "nothing: a private copy serves"),
  /** MMAP-23: An anonymous mapping is a copy of nothing, shared or private. */
  MMAP_23("MMAP-23", "An anonymous mapping is a copy of nothing, shared or private.", "nothing"),
  /** BDI-02: What is offered is what the driver's backing device information says. */
  BDI_02(
      "BDI-02",
      "What is offered is what the driver's backing device information says.",
      "the driver would have to permit more in its backing device information"),
  /**
   * BDI-03: No capabilities given: COPY for a regular file or block device; DIRECT, READ, WRITE for
   * a character device.
   */
  BDI_03(
      "BDI-03",
      "No capabilities given: COPY for a regular file or block device; DIRECT, READ, WRITE for a"
          + " character device.",
      "the driver would have to give backing device information"),
  /** FLAGS-07: An anonymous mapping is never shared with a later request. */
  FLAGS_07("FLAGS-07", "An anonymous mapping is never shared with a later request.", "nothing"),
  /**
   * FLAGS-08: A private mapping is shareable unless PROT_WRITE is asked for or the caller is
   * traced.
   */
  FLAGS_08(
      "FLAGS-08",
      "A private mapping is shareable unless PROT_WRITE is asked for or the caller is traced.",
      "leave out PROT_WRITE"),
  /**
   * SHARE-01: A region can be used again if it is shareable, of the same inode, and overlaps the
   * request.
   */
  SHARE_01(
      "SHARE-01",
      "A region can be used again if it is shareable, of the same inode, and overlaps the request.",
      "nothing"),
  /** SHARE-02: A region that contains the whole request is used again. */
  SHARE_02("SHARE-02", "A region that contains the whole request is used again.", "nothing"),
  /**
   * SHARE-03: A request that overlaps a copy without being contained in it is refused by 6.12; by
   * the document it is another segment.
   */
  SHARE_03(
      "SHARE-03",
      "A request that overlaps a copy without being contained in it is refused by 6.12; by the"
          + " document it is another segment.",
      "unmap the other mapping first, ask for a part of it, or ask for PROT_WRITE"),
  /** SHARE-04: An inexact overlap does not matter where the mapping can be in place. */
  SHARE_04(
      "SHARE-04",
      "An inexact overlap does not matter where the mapping can be in place.",
      "nothing"),
  /**
   * SHARE-05: The document shares a copy only if it has the protections asked for; 6.12 compares
   * nothing.
   */
  SHARE_05(
      "SHARE-05",
      "The document shares a copy only if it has the protections asked for; 6.12 compares nothing.",
      "ask for the protections that the other mapping has"),
  /** SHARE-07: The driver of a shared region is asked again by 6.12, not by the document. */
  SHARE_07(
      "SHARE-07",
      "The driver of a shared region is asked again by 6.12, not by the document.",
      "the driver would have to consent"),
  /**
   * SHARE-09: 6.12 attaches MAP_SHARED to a private copy that contains it; the document never does.
   */
  SHARE_09(
      "SHARE-09",
      "6.12 attaches MAP_SHARED to a private copy that contains it; the document never does.",
      "nothing"),
  /** SHARE-10: A private writable mapping is a fresh copy of its own. */
  SHARE_10("SHARE-10", "A private writable mapping is a fresh copy of its own.", "nothing"),
  /** DIR-01: get_unmapped_area says where a direct mapping would be. */
  DIR_01("DIR-01", "get_unmapped_area says where a direct mapping would be.", "nothing"),
  /** DIR-02: The mapping lies where get_unmapped_area says. */
  DIR_02("DIR-02", "The mapping lies where get_unmapped_area says.", "nothing"),
  /**
   * DIR-03: An error of get_unmapped_area other than ENOSYS is the error of the call; nothing is
   * copied.
   */
  DIR_03(
      "DIR-03",
      "An error of get_unmapped_area other than ENOSYS is the error of the call; nothing is"
          + " copied.",
      "ask the driver for something it supports"),
  /** DIR-04: ENOSYS of get_unmapped_area: a copy if MAP_COPY is there, else ENODEV. */
  DIR_04(
      "DIR-04",
      "ENOSYS of get_unmapped_area: a copy if MAP_COPY is there, else ENODEV.",
      "the driver would have to answer with an address, or permit MAP_COPY for a private mapping"),
  /** DIR-05: A shared mapping is made by the mmap operation; its ENOSYS becomes ENODEV. */
  DIR_05(
      "DIR-05",
      "A shared mapping is made by the mmap operation; its ENOSYS becomes ENODEV.",
      "the driver would have to consent"),
  /**
   * DIR-06: A private mapping in place needs the consent of the mmap operation; its ENOSYS means a
   * copy, any other error is the error of the call.
   */
  DIR_06(
      "DIR-06",
      "A private mapping in place needs the consent of the mmap operation; its ENOSYS means a copy,"
          + " any other error is the error of the call.",
      "ask the driver for something it supports"),
  /**
   * DIR-11: close is called once, when the last mapping of a region goes; by 6.12 for each mapping.
   */
  DIR_11(
      "DIR-11",
      "close is called once, when the last mapping of a region goes; by 6.12 for each mapping.",
      "nothing"),
  /** COPY-01: A copy lies in one contiguous run of pages, out of a block of a power of two. */
  COPY_01(
      "COPY-01",
      "A copy lies in one contiguous run of pages, out of a block of a power of two.",
      "nothing"),
  /** COPY-02: Without a free block of that size the call fails with ENOMEM. */
  COPY_02(
      "COPY-02",
      "Without a free block of that size the call fails with ENOMEM.",
      "ask for less (a block has at most 4 MiB), or unmap something: free memory may be there in"
          + " smaller pieces"),
  /** COPY-03: The file is read once; what is past its end is zero. */
  COPY_03(
      "COPY-03",
      "The file is read once; what is past its end is zero.",
      "the driver would have to read without an error"),
  /** COPY-05: 6.12 cannot copy a character device through its read operation: EINVAL. */
  COPY_05(
      "COPY-05",
      "6.12 cannot copy a character device through its read operation: EINVAL.",
      "map it MAP_SHARED, or use the document profile"),
  /** ANON-01: Anonymous memory is zero. */
  ANON_01("ANON-01", "Anonymous memory is zero.", "nothing"),
  /** TRIM-02: What a block has more than asked is given back if it is at least nr_trim_pages. */
  TRIM_02(
      "TRIM-02",
      "What a block has more than asked is given back if it is at least nr_trim_pages.",
      "nothing"),
  /** UNMAP-01: The length must not be 0. */
  UNMAP_01("UNMAP-01", "The length must not be 0.", "pass a length of 1 or more"),
  /** UNMAP-02: There must be a mapping of the caller. */
  UNMAP_02(
      "UNMAP-02",
      "There must be a mapping of the caller.",
      "pass an address inside a mapping of this process"),
  /** UNMAP-03: A mapping of a file goes as a whole. */
  UNMAP_03("UNMAP-03", "A mapping of a file goes as a whole.", "pass its start and whole length"),
  /** UNMAP-05: A part of an anonymous mapping must lie within it and be page aligned. */
  UNMAP_05(
      "UNMAP-05",
      "A part of an anonymous mapping must lie within it and be page aligned.",
      "pass an aligned range inside one mapping"),
  /** REMAP-01: Neither length may be 0. */
  REMAP_01("REMAP-01", "Neither length may be 0.", "pass lengths of 1 or more"),
  /** REMAP-02: The address must be page aligned. */
  REMAP_02(
      "REMAP-02", "The address must be page aligned.", "pass the start of a page-aligned mapping"),
  /** REMAP-03: MREMAP_FIXED cannot move a mapping. */
  REMAP_03("REMAP-03", "MREMAP_FIXED cannot move a mapping.", "leave out MREMAP_FIXED"),
  /** REMAP-04: Address and length must be exactly those of a mapping. */
  REMAP_04(
      "REMAP-04",
      "Address and length must be exactly those of a mapping.",
      "pass the start and whole length of a mapping"),
  /** REMAP-05: A shareable mapping cannot be resized, even if nobody shares it. */
  REMAP_05(
      "REMAP-05",
      "A shareable mapping cannot be resized, even if nobody shares it.",
      "use an anonymous or a private writable mapping"),
  /**
   * REMAP-06: A mapping grows up to the size first asked for, by the document up to what the
   * allocator gave; nothing moves.
   */
  REMAP_06(
      "REMAP-06",
      "A mapping grows up to the size first asked for, by the document up to what the allocator"
          + " gave; nothing moves.",
      "unmap it and map anew"),
  /** PLUGIN-01: A plugin answered what cannot be. */
  PLUGIN_01("PLUGIN-01", "A plugin answered what cannot be.", "mend the plugin");

  private final String id;
  private final String sentence;
  private final String remedy;

  Rule(String id, String sentence, String remedy) {
    this.id = id;
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** Returns the number of the rule, such as {@code "MMAP-17"}. */
  public String id() {
    return id;
  }

  /** Returns the rule. */
  public String sentence() {
    return sentence;
  }

  /** Returns what would have to be different for another outcome. */
  public String remedy() {
    return remedy;
  }
}
