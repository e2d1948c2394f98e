package dev.nommu.romfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SymbolicLink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes directories to put into images, and compares them with the contents of images. */
final class Trees {
  private Trees() {}

  /**
   * Fills a directory with some three thousand files: deep and wide directories, empty and large
   * files, links of both kinds, names of every length up to the longest.
   */
  static Path fill(Path root) throws IOException {
    Random random = new Random(20261122);
    Path wide = Files.createDirectories(root.resolve("wide"));
    for (int i = 0; i < 2000; i++) {
      Files.write(wide.resolve("f" + i), bytes(random, random.nextInt(100)));
    }
    Path names = Files.createDirectories(root.resolve("names"));
    for (int length = 1; length <= 128; length++) {
      Files.write(names.resolve("n".repeat(length)), bytes(random, length));
    }
    Path deep = root;
    for (int level = 0; level < 300; level++) {
      deep = Files.createDirectory(deep.resolve("d" + level % 10));
      Files.writeString(deep.resolve("level"), "level " + level);
      Files.createSymbolicLink(deep.resolve("up"), deep.getFileSystem().getPath("..", "level"));
    }
    Files.write(root.resolve("large"), bytes(random, 3 << 20));
    Files.write(root.resolve("empty"), new byte[0]);
    Files.createDirectory(root.resolve("hollow"));
    Path program = Files.write(root.resolve("program"), bytes(random, 5000));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x---"));
    Files.createLink(root.resolve("another"), program);
    Files.createLink(wide.resolve("third"), program);
    return root;
  }

  /** Compares every name, kind, executable bit and byte, through the mounted file system. */
  static void assertSame(FileSystem romfs, Path root) throws IOException {
    Deque<Place> pending = new ArrayDeque<>(List.of(new Place(romfs.root(), root)));
    while (!pending.isEmpty()) {
      Place place = pending.pop();
      switch (place.inode) {
        case Directory directory -> pending.addAll(children(directory, place.host));
        case RegularFile file -> assertSameFile(file, place.host);
        case SymbolicLink link ->
            assertThat(link.target())
                .as(place.host.toString())
                .isEqualTo(Files.readSymbolicLink(place.host).toString());
        default -> throw new AssertionError("unexpected " + place);
      }
    }
  }

  /** Reads a whole file in one call. */
  static byte[] read(RegularFile file) throws IOException {
    byte[] bytes = new byte[(int) file.attributes().size()];
    try (ReadableFile open = (ReadableFile) file.open(OpenFlags.of(AccessMode.READ))) {
      assertThat(bytes.length == 0 ? 0 : open.read(MemorySegment.ofArray(bytes), 0))
          .isEqualTo(bytes.length);
    }
    return bytes;
  }

  private record Place(Inode inode, Path host) {}

  private static List<Place> children(Directory directory, Path host) throws IOException {
    List<DirectoryEntry> entries = directory.entries();
    try (Stream<Path> listed = Files.list(host)) {
      assertThat(entries.stream().map(DirectoryEntry::name))
          .as(host.toString())
          .containsExactlyInAnyOrderElementsOf(
              listed.map(child -> child.getFileName().toString()).toList());
    }
    List<Place> children = new ArrayList<>();
    for (DirectoryEntry entry : entries) {
      Inode inode = directory.lookup(entry.name()).orElseThrow();
      assertThat(inode.number()).isEqualTo(entry.inode());
      children.add(new Place(inode, host.resolve(entry.name())));
    }
    return children;
  }

  private static void assertSameFile(RegularFile file, Path host) throws IOException {
    assertThat(Files.isRegularFile(host, LinkOption.NOFOLLOW_LINKS)).as(host.toString()).isTrue();
    assertThat(read(file)).as(host.toString()).isEqualTo(Files.readAllBytes(host));
    boolean executable =
        PosixFilePermissions.toString(Files.getPosixFilePermissions(host)).contains("x");
    assertThat(file.attributes().permissions())
        .as(host.toString())
        .isEqualTo(executable ? 0755 : 0644);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns a text's bytes, for files of a few words. */
  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
