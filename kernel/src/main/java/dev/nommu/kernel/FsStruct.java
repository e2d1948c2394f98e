package dev.nommu.kernel;

import dev.nommu.kernel.vfs.FsContext;

/**
 * The working directory and the credentials of one process, or of several after {@code clone} with
 * CLONE_FS. Thread-safe.
 */
final class FsStruct {
  private volatile FsContext context;

  FsStruct(FsContext context) {
    this.context = context;
  }

  FsContext context() {
    return context;
  }

  void context(FsContext changed) {
    context = changed;
  }

  FsStruct copy() {
    return new FsStruct(context);
  }
}
