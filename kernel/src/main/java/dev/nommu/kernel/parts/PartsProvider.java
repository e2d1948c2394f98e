package dev.nommu.kernel.parts;

import com.google.inject.Binder;
import com.google.inject.Binding;
import com.google.inject.Injector;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.DefaultBindingTargetVisitor;
import com.google.inject.spi.InstanceBinding;
import com.google.inject.spi.LinkedKeyBinding;
import com.google.inject.spi.ProviderInstanceBinding;
import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.console.ConsoleFactory;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.AllocatorFactory;
import dev.nommu.kernel.memory.MemoryFactory;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.time.MachineClock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Collects the bindings. Every binding of a plugin type, under any name or in a set, is a plugin.
 */
final class PartsProvider implements Provider<Parts> {
  private final PluginPath path;
  private final Provider<Injector> injector;
  private final Provider<MachineClock> clock;
  private final Provider<KernelLog> log;
  private final Provider<Sanitizer> sanitizer;
  private final Provider<MemoryFactory> memory;
  private final Provider<AllocatorFactory> allocator;
  private final Provider<ConsoleFactory> console;

  PartsProvider(PluginPath path, Binder binder) {
    this.path = path;
    injector = binder.getProvider(Injector.class);
    clock = binder.getProvider(MachineClock.class);
    log = binder.getProvider(KernelLog.class);
    sanitizer = binder.getProvider(Sanitizer.class);
    memory = binder.getProvider(MemoryFactory.class);
    allocator = binder.getProvider(AllocatorFactory.class);
    console = binder.getProvider(ConsoleFactory.class);
  }

  @Override
  public Parts get() {
    return new Parts(
        part(MachineClock.class, clock),
        part(KernelLog.class, log),
        part(Sanitizer.class, sanitizer),
        memory.get(),
        allocator.get(),
        console.get(),
        new PluginSources(
            path,
            sources(DeviceDriver.class),
            sources(FileSystemType.class),
            sources(BinaryFormat.class)),
        OptionalInt.empty());
  }

  /**
   * The caller of boot receives the exception that the part's provider threw, without Guice's
   * wrapper.
   */
  private static <T> Supplier<T> part(Class<T> type, Provider<T> provider) {
    return () -> {
      try {
        return provider.get();
      } catch (ProvisionException failure) {
        Throwable cause = Optional.ofNullable(failure.getCause()).orElse(failure);
        throw new IllegalStateException(
            "no " + type.getName() + " can be created: " + cause, cause);
      }
    };
  }

  private <T> List<PluginSource<T>> sources(Class<T> kind) {
    return injector.get().findBindingsByType(TypeLiteral.get(kind)).stream()
        .map(binding -> source(binding))
        .toList();
  }

  private static <T> PluginSource<T> source(Binding<T> binding) {
    return new PluginSource<>(
        binding.acceptTargetVisitor(new Naming<T>()), binding.getProvider()::get);
  }

  /** Describes the target of a binding, as far as possible without creating it. */
  private static final class Naming<T> extends DefaultBindingTargetVisitor<T, String> {
    @Override
    public String visit(InstanceBinding<? extends T> binding) {
      return binding.getInstance().getClass().getName();
    }

    @Override
    public String visit(LinkedKeyBinding<? extends T> binding) {
      return binding.getLinkedKey().getTypeLiteral().getRawType().getName();
    }

    @Override
    public String visit(ProviderInstanceBinding<? extends T> binding) {
      return binding.getUserSuppliedProvider() instanceof PluginProvider<?> provider
          ? provider.found().toString()
          : visitOther(binding);
    }

    @Override
    protected String visitOther(Binding<? extends T> binding) {
      return "bound at " + binding.getSource();
    }
  }
}
