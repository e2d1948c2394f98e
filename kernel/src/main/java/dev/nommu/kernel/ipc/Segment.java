package dev.nommu.kernel.ipc;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.kernel.mm.FileFacts;
import dev.nommu.kernel.mm.FileHandle;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.vfs.OpenFileDescription;

/** A segment of System V shared memory; its mappings are mappings of a file in memory. */
final class Segment implements FileHandle {
  /** The life of a segment. */
  enum State {
    /** It can be attached by its key. */
    ALIVE,
    /** It goes with its last attachment (SHM_DEST). */
    DOOMED
  }

  private final SharedMemory owner;
  private final int id;
  private final int key;
  private final long size;
  private final int permissions;
  private final OpenFileDescription file;
  private State state = State.ALIVE;

  Segment(
      SharedMemory owner, int id, int key, long size, int permissions, OpenFileDescription file) {
    this.owner = owner;
    this.id = id;
    this.key = key;
    this.size = size;
    this.permissions = permissions;
    this.file = file;
  }

  int id() {
    return id;
  }

  int key() {
    return key;
  }

  long size() {
    return size;
  }

  State state() {
    return state;
  }

  void doom() {
    state = State.DOOMED;
  }

  OpenFileDescription file() {
    return file;
  }

  ShmStatus status() {
    return new ShmStatus(
        key, size, permissions | (state == State.DOOMED ? ShmStatus.SHM_DEST : 0), attachments());
  }

  int permissions() {
    return permissions;
  }

  int attachments() {
    return regions().users();
  }

  @Override
  public OpenFile operations() {
    return file.operations();
  }

  @Override
  public FileFacts facts() throws ErrnoException {
    return file.facts();
  }

  @Override
  public FileRegions regions() {
    return file.regions();
  }

  @Override
  public boolean ownsMemory(long address, long length) {
    return file.ownsMemory(address, length);
  }

  @Override
  public void retain() {
    file.retain();
  }

  @Override
  public void release() {
    file.release();
    owner.released(this);
  }

  /** Rule PROC-09. */
  @Override
  public String path() {
    return "/SYSV%08x (deleted)".formatted(key);
  }

  @Override
  public DeviceNumber device() {
    return file.device();
  }

  @Override
  public long inodeNumber() {
    return id;
  }
}
