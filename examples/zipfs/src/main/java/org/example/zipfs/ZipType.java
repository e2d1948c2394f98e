package org.example.zipfs;

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

  /** The maximum unpacked size of an archive, in bytes; its headers are not trusted. */
  private static final int LARGEST = 1 << 24;

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
    if (store.size() > LARGEST) {
      throw tooLarge("archive of " + store.size());
    }
    byte[] archive = new byte[(int) store.size()];
    store.read(MemorySegment.ofArray(archive), 0);
    int left = LARGEST;
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
          byte[] content = zip.readNBytes(left + 1);
          left -= content.length;
          if (left < 0) {
            throw tooLarge("content of more than " + LARGEST);
          }
          tree.file(entry.getName(), content);
        }
      }
    } catch (ErrnoException wrong) {
      throw wrong;
    } catch (IOException wrong) {
      throw new ErrnoException(Errno.EINVAL, "bad zip: " + wrong.getMessage(), wrong);
    }
    return tree.build();
  }

  private static ErrnoException tooLarge(String found) {
    return new ErrnoException(
        Errno.EFBIG, "bad zip: expected at most %d bytes, found %s".formatted(LARGEST, found));
  }
}
