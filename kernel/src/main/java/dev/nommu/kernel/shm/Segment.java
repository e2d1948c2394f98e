package dev.nommu.kernel.shm;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Page;
import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.FileHandle;
import dev.nommu.kernel.mm.FilePlans;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.sanitizer.Loan;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A segment of System V shared memory; its mappings are mappings of a file in memory. Its mutable
 * state is guarded by its owner.
 */
final class Segment implements FileHandle, Loan {
  private final Segments owner;
  private final int id;
  private final String name;
  private final long size;
  private final OpenFileDescription file;
  private IpcPermissions permissions;
  private ShmStatus.History history;

  /** Calls of shmat in progress; the segment stays until they finish. */
  private int attaching;

  Segment(
      Segments owner,
      int id,
      IpcPermissions permissions,
      long size,
      ShmStatus.History history,
      OpenFileDescription file) {
    this.owner = owner;
    this.id = id;
    this.name = Segments.name(permissions.key());
    this.permissions = permissions;
    this.size = size;
    this.history = history;
    this.file = file;
  }

  int id() {
    return id;
  }

  IpcPermissions permissions() {
    return permissions;
  }

  void permissions(UnaryOperator<IpcPermissions> change) {
    permissions = change.apply(permissions);
  }

  void history(UnaryOperator<ShmStatus.History> change) {
    history = change.apply(history);
  }

  void attachingBegins() {
    attaching++;
  }

  void attachingEnds() {
    attaching--;
  }

  long size() {
    return size;
  }

  @Override
  public String what() {
    return "segment %d of %d bytes with the key 0x%x".formatted(id, size, permissions.key());
  }

  @Override
  public String holder() {
    return "process " + history.creator();
  }

  long pages() {
    return Page.count(size);
  }

  OpenFileDescription file() {
    return file;
  }

  ShmStatus status() {
    return new ShmStatus(id, permissions, size, history, regions().users());
  }

  /** Returns whether it is or was attached. */
  boolean wasAttached() {
    return history.last() != 0;
  }

  /** Returns whether it was removed and is no longer attached (rule SHM-08). */
  boolean mayGo() {
    boolean removed = (permissions.mode() & ShmStatus.SHM_DEST) != 0;
    return removed && attaching == 0 && regions().users() == 0;
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
  public FilePlans plans() {
    return file.plans();
  }

  @Override
  public ReentrantLock lock() {
    return file.lock();
  }

  @Override
  public FileRegions regions() {
    return file.regions();
  }

  @Override
  public Territory territory() {
    return file.territory();
  }

  @Override
  public void retain() {
    file.retain();
  }

  @Override
  public void release() {
    file.release();
  }

  @Override
  public void unmapped(Caller by) {
    owner.detached(this, by.pid());
  }

  /** Rule PROC-09. */
  @Override
  public String path() {
    return "/" + name + " (deleted)";
  }

  @Override
  public DeviceNumber device() {
    return file.device();
  }

  @Override
  public long inodeNumber() {
    return id;
  }

  @Override
  public Object fileKey() {
    return this;
  }

  @Override
  public boolean isInMemory() {
    return true;
  }
}
