package dev.nommu.mtd;

import dev.nommu.api.DeviceWindow;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A window that records stores. */
final class ListeningWindow implements DeviceWindow {
  private final DeviceWindow window;
  private final List<Integer> stored = new CopyOnWriteArrayList<>();

  ListeningWindow(DeviceWindow window) {
    this.window = window;
  }

  /** Returns the words that were stored, in order. */
  List<Integer> stored() {
    return stored;
  }

  /** Clears the recorded stores. */
  void forget() {
    stored.clear();
  }

  @Override
  public long size() {
    return window.size();
  }

  @Override
  public Optional<MemorySegment> memory() {
    return window.memory();
  }

  @Override
  public long load(long offset, int width) {
    return window.load(offset, width);
  }

  @Override
  public void store(long offset, int width, long value) {
    stored.add((int) value);
    window.store(offset, width, value);
  }
}
