package dev.nommu.kernel.mmap;

import static java.util.Locale.ROOT;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * The numbered rules that decisions about mappings cite. {@code docs/RULES.md} lists them all, in
 * the same words, each with its source in the document and its tests.
 */
public enum Rule {
  MMAP_01(
      "Without MAP_ANONYMOUS the descriptor must be open, and not with O_PATH; with it the"
          + " descriptor is never looked at.",
      "open the file first, or pass MAP_ANONYMOUS"),
  MMAP_02(
      "The offset must be a multiple of the page size.",
      "pass an offset that is a multiple of 4096"),
  MMAP_05(
      "A fixed address cannot be had; the document says the same of a mere hint.",
      "pass NULL and no MAP_FIXED: without an MMU memory lies where it lies"),
  MMAP_06(
      "The type must be exactly MAP_SHARED or exactly MAP_PRIVATE.",
      "pass MAP_SHARED or MAP_PRIVATE, not both, neither or MAP_SHARED_VALIDATE"),
  MMAP_07("The length must not be 0.", "pass a length of 1 or more"),
  MMAP_08("The length, rounded up to pages, must not wrap.", "pass a smaller length"),
  MMAP_09(
      "Offset and length together must not wrap, for anonymous memory as well.",
      "pass a smaller offset"),
  MMAP_10(
      "The file must have an mmap operation: pipes, directories and /dev/null have none.",
      "map a regular file or a device that has one"),
  MMAP_11(
      "A file that gives no capabilities must be a regular file, block device or character device.",
      "map another kind of file"),
  MMAP_12(
      "Without get_unmapped_area MAP_DIRECT is dropped; without a read operation, or when it is not"
          + " open for reading, MAP_COPY is.",
      "the driver would have to implement DirectlyMappableFile, or ReadableFile for copies"),
  MMAP_13(
      "The file must be open for reading, whatever the protection.", "open it O_RDONLY or O_RDWR"),
  MMAP_14(
      "A shared mapping with PROT_WRITE needs a file open for writing.",
      "open it O_RDWR, or leave out PROT_WRITE"),
  MMAP_15(
      "An append-only file that is open for writing cannot be mapped shared.", "open it O_RDONLY"),
  MMAP_17(
      "MAP_SHARED needs MAP_DIRECT.",
      "map MAP_PRIVATE for a copy that keeps its stores to itself; or map what lies in memory: to"
          + " write, a file in ramfs, an MTD of type RAM, a frame buffer; only to read, also romfs"
          + " or an MTD in ROM"),
  MMAP_18(
      "For a shared mapping MAP_COPY is dropped: it is never a copy.",
      "nothing: a shared mapping is never a copy"),
  MMAP_19(
      "A private mapping with PROT_WRITE is a copy, which needs MAP_COPY; so does any private"
          + " mapping that MAP_DIRECT does not serve, and by 6.12 every one.",
      "map it MAP_SHARED; for a copy the file would have to be readable and its backing device to"
          + " permit MAP_COPY"),
  MMAP_20(
      "A direct mapping needs the capability for each protection; without it MAP_DIRECT is dropped,"
          + " and a shared mapping refused.",
      "leave out the protection that the backing device does not permit"),
  MMAP_21A(
      "PROT_EXEC is refused on a mount with noexec.",
      "mount without noexec, or leave out PROT_EXEC"),
  MMAP_23(
      "An anonymous mapping is a copy of nothing, shared or private: the checks of files are"
          + " skipped.",
      "nothing"),
  BDI_02(
      "A file offers what the driver's backing device information says, an empty set"
          + " included.",
      "the driver would have to permit more in its backing device information"),
  BDI_03(
      "No capabilities given: COPY for a regular file or block device; DIRECT, READ, WRITE for a"
          + " character device.",
      "the driver would have to give backing device information"),
  FLAGS_07("An anonymous mapping is never shared with a later request.", "nothing"),
  FLAGS_08(
      "A private mapping is shareable unless PROT_WRITE is asked for or the caller is traced.",
      "leave out PROT_WRITE"),
  SHARE_01(
      "A region can be used again if it is shareable, of the same inode, and overlaps the request.",
      "nothing"),
  SHARE_02(
      "A region that contains the whole request is used again, also one that another process made.",
      "nothing"),
  SHARE_03(
      "A request that overlaps a copy without being contained in it is refused by 6.12; by the"
          + " document it is another segment.",
      "unmap the other mapping first, ask for a part of it, or ask for PROT_WRITE"),
  SHARE_04("An inexact overlap does not matter where the mapping can be in place.", "nothing"),
  SHARE_05(
      "The document shares a copy only if it has the protections asked for; 6.12 compares nothing.",
      "ask for the protections that the other mapping has"),
  SHARE_07(
      "The driver of a shared region is asked again by 6.12, not by the document.",
      "the driver would have to consent"),
  SHARE_09(
      "6.12 attaches MAP_SHARED to a private copy that contains it; the document never does.",
      "nothing"),
  SHARE_10(
      "A private writable mapping is a fresh copy of its own and may overlap anything.", "nothing"),
  DIR_01(
      "get_unmapped_area says where a direct mapping would be; it is asked with the offset and"
          + " whole pages.",
      "nothing"),
  DIR_02("The mapping lies where get_unmapped_area says.", "nothing"),
  DIR_03(
      "An error of get_unmapped_area other than ENOSYS is the error of the call; nothing is"
          + " copied.",
      "ask the driver for something it supports"),
  DIR_04(
      "ENOSYS of get_unmapped_area: a copy if MAP_COPY is there, else ENODEV.",
      "the driver would have to answer with an address, or permit MAP_COPY for a private mapping"),
  DIR_05(
      "A shared mapping is made by the mmap operation; its ENOSYS becomes ENODEV.",
      "the driver would have to consent"),
  DIR_06(
      "A private mapping in place needs the consent of the mmap operation; its ENOSYS means a copy,"
          + " any other error is the error of the call.",
      "ask the driver for something it supports"),
  DIR_11(
      "close is called once, when the last mapping of a region goes; by 6.12 for each mapping.",
      "nothing"),
  DIR_12(
      "A direct mapping ends below 2^63: there are no higher physical addresses.",
      "pass a smaller length"),
  COPY_01(
      "A copy lies in one contiguous run of pages, out of a block of a power of two.", "nothing"),
  COPY_02(
      "Without a free block of that size the call fails with ENOMEM and nothing has changed; the"
          + " log says so.",
      "ask for less (a block has at most 4 MiB), or unmap something: free memory may be there in"
          + " smaller pieces"),
  COPY_03(
      "The file is read once; what is past its end is zero.",
      "the driver would have to read without an error"),
  COPY_05(
      "6.12 cannot copy a character device through its read operation: EINVAL.",
      "map it MAP_SHARED if its driver permits a direct mapping, or use the document profile"),
  COPY_10(
      "A copied range ends below 2^63 in the file: EINVAL for a higher end.",
      "pass a smaller offset"),
  ANON_01("Anonymous memory is zero.", "nothing"),
  TRIM_02(
      "Excess pages of a block are all given back if there are at least vm.nr_trim_pages of them.",
      "nothing"),
  UNMAP_01(
      "The length must not be 0, before or after it is rounded up.", "pass a length of 1 or more"),
  UNMAP_02(
      "There must be a mapping of the caller.", "pass an address inside a mapping of this process"),
  UNMAP_03("A mapping of a file goes as a whole.", "pass its start and whole length"),
  UNMAP_05(
      "A part of an anonymous mapping must lie within it and be page aligned.",
      "pass an aligned range inside one mapping"),
  REMAP_01("Neither length may be 0.", "pass lengths of 1 or more"),
  REMAP_02("The address must be page aligned.", "pass the start of a page-aligned mapping"),
  REMAP_03(
      "MREMAP_FIXED cannot move a mapping; it is ignored where the address does not change.",
      "leave out MREMAP_FIXED"),
  REMAP_04(
      "Address and length must be exactly those of a mapping.",
      "pass the start and whole length of a mapping"),
  REMAP_05(
      "A shareable mapping cannot be resized, even if nobody shares it.",
      "use an anonymous or a private writable mapping"),
  REMAP_06(
      "A mapping grows up to the size first asked for, by the document up to what the allocator"
          + " gave; nothing moves.",
      "unmap it and map anew"),
  PLUGIN_01(
      "A plugin's impossible answer (an address that is not its own, a count out of range, null,"
          + " anything thrown but ErrnoException) fails the call with EIO and names the plugin's"
          + " class; the kernel stays sound and no page is lost.",
      "mend the plugin");

  private final String id;
  private final String sentence;
  private final String remedy;

  Rule(String sentence, String remedy) {
    int number = name().indexOf('_') + 1;
    this.id = name().substring(0, number - 1) + "-" + name().substring(number).toLowerCase(ROOT);
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** Returns the number of the rule, such as {@code "MMAP-17"}. */
  public String id() {
    return id;
  }

  /** Returns the failure of a call that this rule refuses. */
  public ErrnoException refusal(Errno errno, String message) {
    return ErrnoException.byRule(id, errno, message);
  }

  /** Returns the rule. */
  public String sentence() {
    return sentence;
  }

  /** Returns the change that would lead to another outcome. */
  public String remedy() {
    return remedy;
  }
}
