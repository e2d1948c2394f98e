package dev.nommu.api;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** The current finder of plugins of a thread. */
final class CurrentFinder {
  private static final ScopedValue<PluginFinder> FINDER = ScopedValue.newInstance();
  private static final PluginFinder OUTSIDE = new Outside();

  /** Finds the plugins that a kind's class loader finds. */
  private static final class Outside implements PluginFinder {
    @Override
    public <T> List<? extends Supplier<T>> find(Class<T> kind) {
      Module caller = CurrentFinder.class.getModule();
      caller.addReads(kind.getModule()).addUses(kind);
      return ServiceLoader.load(kind, kind.getClassLoader()).stream().toList();
    }
  }

  private CurrentFinder() {}

  static PluginFinder get() {
    return FINDER.orElse(OUTSIDE);
  }

  static <T> T during(PluginFinder finder, Supplier<T> making) {
    return ScopedValue.where(FINDER, finder).call(making::get);
  }
}
