package dev.nommu.examples;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.ReadOnlyTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The file system type {@code zip}: the files in a zip archive on a disk or an MTD. */
public final class ZipType implements FileSystemType {
  private static final long MAGIC = 0x7a6970;

  /** Called by the kernel. */
  public ZipType() {}

  @Override
  public String name() {
    return "zip";
  }

  @Override
  public Source source() {
    return Source.STORE;
  }

  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    BackingStore store = request.requireStore();
    byte[] archive = new byte[Math.toIntExact(store.size())];
    store.read(MemorySegment.ofArray(archive), 0);
    ReadOnlyTree.Builder tree = ReadOnlyTree.builder(MAGIC);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        throw new ErrnoException(Errno.EINVAL, "bad zip: expected an entry at 0, found none");
      }
      for (; entry != null; entry = zip.getNextEntry()) {
        if (entry.isDirectory()) {
          tree.directory(entry.getName());
        } else {
          tree.file(entry.getName(), zip.readAllBytes());
        }
      }
    } catch (ErrnoException wrong) {
      throw wrong;
    } catch (IOException wrong) {
      throw new ErrnoException(Errno.EINVAL, "bad zip: " + wrong.getMessage(), wrong);
    }
    return tree.build();
  }
}
