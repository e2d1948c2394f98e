package dev.nommu.ramfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nommu.api.AccessMode;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Operations shared by the tests of this room. */
final class RamFiles {
  static final Instant NOW = Instant.parse("2001-02-03T04:05:06Z");

  private RamFiles() {}

  static MountRequest request(PageSource pages, Profile profile, String options) {
    return MountRequest.builder("none")
        .options(List.of(options.split(",", -1)))
        .pages(pages)
        .clock(InstantSource.fixed(NOW))
        .profile(profile)
        .build();
  }

  static FileSystem mount(PageSource pages) throws ErrnoException {
    return new RamfsType().mount(request(pages, Profile.DOCUMENT, ""));
  }

  static RegularFile file(FileSystem fileSystem, String name) throws ErrnoException {
    return (RegularFile) fileSystem.root().create(name, NewInode.regularFile(0644));
  }

  static RamOpenFile open(RegularFile file) throws ErrnoException {
    return (RamOpenFile) file.open(OpenFlags.of(AccessMode.READ_WRITE));
  }

  static long write(RamOpenFile file, String text, long position) throws ErrnoException {
    return file.write(MemorySegment.ofArray(text.getBytes(ISO_8859_1)), position);
  }

  static String read(RamOpenFile file, int length, long position) throws ErrnoException {
    byte[] bytes = new byte[length];
    long count = file.read(MemorySegment.ofArray(bytes), position);
    return new String(bytes, 0, (int) count, ISO_8859_1);
  }
}
