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
      "Without MAP_ANONYMOUS, the descriptor must be open and not opened with O_PATH; with it,"
          + " the descriptor is ignored.",
      "open the file first, or pass MAP_ANONYMOUS"),
  MMAP_02(
      "The offset must be a multiple of the page size.",
      "pass an offset that is a multiple of 4096"),
  MMAP_05(
      "A fixed address is refused; the document refuses even a hint.",
      "pass NULL without MAP_FIXED: without an MMU the caller cannot choose the address"),
  MMAP_06(
      "The type must be exactly MAP_SHARED or exactly MAP_PRIVATE.",
      "pass MAP_SHARED or MAP_PRIVATE, not both, neither or MAP_SHARED_VALIDATE"),
  MMAP_07("The length must not be 0.", "pass a length of 1 or more"),
  MMAP_08("The length, rounded up to pages, must not wrap.", "pass a smaller length"),
  MMAP_09(
      "Offset plus length must not wrap, for anonymous memory as well.", "pass a smaller offset"),
  MMAP_10(
      "The file must have an mmap operation: pipes, directories and /dev/null have none.",
      "map a regular file or a device that has one"),
  MMAP_11(
      "A file that declares no capabilities must be a regular file, block device or character"
          + " device.",
      "map another kind of file"),
  MMAP_12(
      "Without get_unmapped_area, MAP_DIRECT is dropped; without a read operation, or if the file"
          + " is not open for reading, MAP_COPY is dropped.",
      "the driver would have to implement DirectlyMappableFile, or ReadableFile for copies"),
  MMAP_13(
      "The file must be open for reading, whatever the protection.", "open it O_RDONLY or O_RDWR"),
  MMAP_14(
      "A shared mapping with PROT_WRITE needs a file that is open for writing.",
      "open it O_RDWR, or leave out PROT_WRITE"),
  MMAP_15(
      "An append-only file that is open for writing cannot be mapped shared.", "open it O_RDONLY"),
  MMAP_17(
      "MAP_SHARED needs MAP_DIRECT.",
      "map it MAP_PRIVATE for a private copy; or map a file that is in memory: for writing, one in"
          + " ramfs, an MTD of type RAM or a frame buffer; only for reading, also romfs or an MTD"
          + " in ROM"),
  MMAP_18(
      "A shared mapping drops MAP_COPY: it is never a copy.",
      "nothing: a shared mapping is never a copy"),
  MMAP_19(
      "A private mapping with PROT_WRITE is a copy, which needs MAP_COPY; so does any private"
          + " mapping that cannot be direct and, under 6.12, every private mapping.",
      "map it MAP_SHARED; for a copy the file would have to be readable and its backing device to"
          + " permit MAP_COPY"),
  MMAP_20(
      "A direct mapping needs the capability for each protection; if one is missing, MAP_DIRECT"
          + " is dropped, and a shared mapping is refused.",
      "leave out the protection that the backing device does not permit"),
  MMAP_21A(
      "PROT_EXEC is refused on a noexec mount.", "mount without noexec, or leave out PROT_EXEC"),
  MMAP_23(
      "An anonymous mapping, shared or private, is treated as a copy without a file: the file"
          + " checks are skipped.",
      "nothing"),
  BDI_02(
      "A file has the capabilities in its driver's backing device information, even if that set"
          + " is empty.",
      "the driver would have to permit more in its backing device information"),
  BDI_03(
      "If no capabilities are declared: COPY for a regular file or block device; DIRECT, READ,"
          + " WRITE for a character device.",
      "the driver would have to declare its capabilities"),
  FLAGS_07("An anonymous mapping is never shared with a later request.", "nothing"),
  FLAGS_08(
      "A private mapping is shareable unless PROT_WRITE is requested or the caller is traced.",
      "leave out PROT_WRITE"),
  SHARE_01(
      "A region can be reused if it is shareable, has the same inode, and overlaps the request.",
      "nothing"),
  SHARE_02(
      "A region that contains the whole request is reused, even if another process created it.",
      "nothing"),
  SHARE_03(
      "A request that overlaps a copy without being contained in it is refused by 6.12; under the"
          + " document it is another segment.",
      "unmap the other mapping first, ask for a part of it, or ask for PROT_WRITE"),
  SHARE_04("An inexact overlap does not matter if the mapping can be direct.", "nothing"),
  SHARE_05(
      "The document shares a copy only if it has the requested protections; 6.12 does not compare"
          + " them.",
      "ask for the protections that the other mapping has"),
  SHARE_07(
      "6.12 calls the driver again when a region is shared; the document does not.",
      "the driver would have to consent"),
  SHARE_09(
      "6.12 attaches a MAP_SHARED request to a private copy that contains it; the document never"
          + " does.",
      "nothing"),
  SHARE_10(
      "A private writable mapping is always a new copy and may overlap any other mapping.",
      "nothing"),
  DIR_01(
      "get_unmapped_area proposes the address of a direct mapping; it is passed the offset and a"
          + " length in whole pages.",
      "nothing"),
  DIR_02("The mapping is at the address that get_unmapped_area returns.", "nothing"),
  DIR_03(
      "An error from get_unmapped_area other than ENOSYS is the error of the call; nothing is"
          + " copied.",
      "ask the driver for something it supports"),
  DIR_04(
      "When get_unmapped_area returns ENOSYS, the file is copied if MAP_COPY is set; otherwise"
          + " the call fails with ENODEV.",
      "the driver would have to return an address, or permit MAP_COPY for a private mapping"),
  DIR_05(
      "A shared mapping is established by the mmap operation; ENOSYS from it becomes ENODEV.",
      "the driver would have to consent"),
  DIR_06(
      "A direct private mapping needs the consent of the mmap operation; ENOSYS from it means a"
          + " copy, any other error is the error of the call.",
      "ask the driver for something it supports"),
  DIR_11(
      "close is called once, when the last mapping of a region is removed; 6.12 calls it for each"
          + " mapping.",
      "nothing"),
  DIR_12(
      "A direct mapping must end below 2^63: there are no higher physical addresses.",
      "pass a smaller length"),
  COPY_01("A copy is one contiguous run of pages, taken from a power-of-two block.", "nothing"),
  COPY_02(
      "Without a free block of that size, the call fails with ENOMEM, changes nothing, and logs"
          + " the failure.",
      "ask for less (a block has at most 4 MiB), or unmap something: free memory may exist"
          + " only in smaller pieces"),
  COPY_03(
      "The file is read once; bytes past its end are zero.",
      "the driver would have to read without an error"),
  COPY_05(
      "6.12 cannot copy a character device through its read operation: EINVAL.",
      "map it MAP_SHARED if its driver permits a direct mapping, or use the document profile"),
  COPY_10(
      "A copied range must end below 2^63 in the file; otherwise the call fails with EINVAL.",
      "pass a smaller offset"),
  ANON_01("Anonymous memory is zero-filled.", "nothing"),
  TRIM_02(
      "All excess pages of a block are freed if there are at least vm.nr_trim_pages of them.",
      "nothing"),
  UNMAP_01("The length must not be 0, before or after rounding up.", "pass a length of 1 or more"),
  UNMAP_02(
      "The caller must have a mapping in the range.",
      "pass an address inside a mapping of this process"),
  UNMAP_03("A file mapping can be unmapped only as a whole.", "pass its start and whole length"),
  UNMAP_05(
      "A part of an anonymous mapping must lie within it and be page aligned.",
      "pass an aligned range inside one mapping"),
  REMAP_01("Neither length may be 0.", "pass lengths of 1 or more"),
  REMAP_02("The address must be page aligned.", "pass the start of a page-aligned mapping"),
  REMAP_03(
      "MREMAP_FIXED cannot move a mapping; it is ignored if the address does not change.",
      "leave out MREMAP_FIXED"),
  REMAP_04(
      "Address and length must be exactly those of a mapping.",
      "pass the start and whole length of a mapping"),
  REMAP_05(
      "A shareable mapping cannot be resized, even if it is not currently shared.",
      "use an anonymous or a private writable mapping"),
  REMAP_06(
      "A mapping can grow up to the size first requested, or under the document up to the size"
          + " allocated; it never moves.",
      "unmap it and map it again"),
  PLUGIN_01(
      "An impossible result of a plugin (an address that it does not own, a count out of range,"
          + " null, anything thrown except ErrnoException) fails the call with EIO and names the"
          + " plugin's class; the kernel stays consistent and no page is lost.",
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
