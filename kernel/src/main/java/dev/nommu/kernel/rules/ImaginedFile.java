package dev.nommu.kernel.rules;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.OpenFile;
import dev.nommu.kernel.mm.FileHandle;
import dev.nommu.kernel.mm.FilePlans;
import dev.nommu.kernel.mm.FileRegions;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.pages.Territory;
import java.util.concurrent.locks.ReentrantLock;

/** An open file outside any file system, which consists of its facts alone. */
final class ImaginedFile implements FileHandle {
  private final FileFacts facts;
  private final OpenFile operations;
  private final ReentrantLock lock = new ReentrantLock();
  private final FileRegions regions = new FileRegions(lock);
  private final FilePlans plans = new FilePlans();
  private final Territory territory = new Territory();

  /**
   * Creates a file that is not mapped.
   *
   * @param store the memory of its driver
   */
  ImaginedFile(FileFacts facts, OpenFile operations, AddressRange store) {
    this.facts = facts;
    this.operations = operations;
    territory.add(store);
  }

  @Override
  public OpenFile operations() {
    return operations;
  }

  @Override
  public FileFacts facts() {
    return facts;
  }

  @Override
  public FilePlans plans() {
    return plans;
  }

  @Override
  public ReentrantLock lock() {
    return lock;
  }

  @Override
  public FileRegions regions() {
    return regions;
  }

  @Override
  public Territory territory() {
    return territory;
  }

  @Override
  public void retain() {}

  @Override
  public void release() {}

  @Override
  public String path() {
    return "/imagined";
  }

  @Override
  public DeviceNumber device() {
    return new DeviceNumber(0, 0);
  }

  @Override
  public long inodeNumber() {
    return 1;
  }

  @Override
  public Object fileKey() {
    return this;
  }

  @Override
  public boolean isInMemory() {
    return false;
  }
}
