package dev.nommu.cramfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingStore;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Sharing;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;

/** Mounts images and opens their files, as a kernel does. */
final class Mounts {
  private Mounts() {}

  static FileSystem mount(BackingStore store) throws Exception {
    return mount(store, Profile.DOCUMENT);
  }

  static FileSystem mount(BackingStore store, Profile profile) throws Exception {
    return new CramfsType()
        .mount(
            MountRequest.builder("mtd:test")
                .store(store)
                .access(AccessMode.READ)
                .profile(profile)
                .build());
  }

  static Inode inode(FileSystem fileSystem, String name) throws Exception {
    return fileSystem.root().lookup(name).orElseThrow();
  }

  static OpenFile open(FileSystem fileSystem, String name) throws Exception {
    return ((RegularFile) inode(fileSystem, name)).open(OpenFlags.of(AccessMode.READ));
  }

  static byte[] read(OpenFile file, long position, int length) throws Exception {
    byte[] bytes = new byte[length];
    MemorySegment into = MemorySegment.ofArray(bytes);
    long done = 0;
    long step = ((ReadableFile) file).read(into, position);
    while (step > 0) {
      done += step;
      step = done == length ? 0 : ((ReadableFile) file).read(into.asSlice(done), position + done);
    }
    return Arrays.copyOf(bytes, (int) done);
  }

  static MapRequest readOnly(long offset, long length, Sharing sharing) {
    return MapRequest.of(offset, length, Set.of(Protection.READ), sharing);
  }
}
