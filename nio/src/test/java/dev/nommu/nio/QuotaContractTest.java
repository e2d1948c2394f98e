package dev.nommu.nio;

import dev.nommu.api.FileSystemType;
import dev.nommu.junit.FileSystemContract;
import java.util.ServiceLoader;

/** ramfs with limits that nobody reaches keeps what a file system has to keep. */
final class QuotaContractTest extends FileSystemContract {
  @Override
  protected FileSystemType type() {
    return new QuotaType(ramfs(), new Quota(1 << 20, 1 << 20));
  }

  private static FileSystemType ramfs() {
    return ServiceLoader.load(FileSystemType.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(type -> type.name().equals("ramfs"))
        .findFirst()
        .orElseThrow();
  }
}
