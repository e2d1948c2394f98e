package dev.nommu.cramfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.image.TreeEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sample files in a directory from which images are written.
 *
 * @param host the file system of both paths
 * @param source the directory
 * @param image the path of images
 */
record SampleTree(FileSystem host, Path source, Path image) implements AutoCloseable {
  /** Creates the files in a new file system. */
  static SampleTree make() throws Exception {
    FileSystem host =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("basic", "posix", "unix").build());
    Path source = Files.createDirectory(host.getPath("/source"));
    for (Map.Entry<String, byte[]> file : Resources.sampleFiles().entrySet()) {
      Path path = source.resolve(file.getKey().substring(1));
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return new SampleTree(host, source, host.getPath("/image"));
  }

  /** Writes an image of the directory. */
  CramfsSuperblock write(CramfsOptions options) throws ErrnoException {
    return CramfsWriter.write(source, image, options);
  }

  /** Writes an image, checks it and compares the sample files in it. */
  void assertReadBack(CramfsOptions options) throws Exception {
    write(options);
    assertThat(CramfsChecker.check(image, options.blockSize())).isEmpty();
    Map<String, byte[]> left = new TreeMap<>(Resources.sampleFiles());
    try (CramfsImage read = CramfsImage.open(image, options.blockSize())) {
      for (TreeEntry<CramfsNode> entry : read.walk()) {
        byte[] expected = left.remove(entry.path());
        if (entry.node().requireKind() == FileKind.REGULAR && expected != null) {
          assertThat(read.readAll(entry.node())).as(entry.path()).isEqualTo(expected);
        }
      }
    }
    assertThat(left).isEmpty();
  }

  /** Returns the node with a name in the root of the image. */
  CramfsNode node(String name) throws Exception {
    try (CramfsImage read = CramfsImage.open(image)) {
      return read.lookup(read.root(), name).orElseThrow();
    }
  }

  /** Returns the block pointers of a file of the image, which is little-endian. */
  int[] pointers(CramfsNode file) throws Exception {
    int[] pointers = new int[(file.size() + 4095) / 4096];
    ByteBuffer.wrap(Files.readAllBytes(image))
        .order(ByteOrder.LITTLE_ENDIAN)
        .position((int) file.dataOffset())
        .asIntBuffer()
        .get(pointers);
    return pointers;
  }

  @Override
  public void close() throws IOException {
    host.close();
  }
}
