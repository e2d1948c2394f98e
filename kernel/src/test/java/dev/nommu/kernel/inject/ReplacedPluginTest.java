package dev.nommu.kernel.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.name.Names;
import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.Profile;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each plugin is a binding that can be replaced, and each machine gets its own plugins. */
final class ReplacedPluginTest {
  private static final Board FLASH =
      TestBoard.withMebibytes(8)
          .node("f@0 { compatible = \"cfi-flash\"; reg = <0 0x20000000 0 0x100000>; };")
          .build();

  @RegisterExtension final Machines machines = new Machines();

  private static final class CountingDriver implements DeviceDriver {
    private int devices;

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("cfi-flash");
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      devices++;
      String name = "counted" + devices;
      context.registerCharacterDevice(name, new DeviceNumber(240, devices), mode -> null);
    }
  }

  @Test
  void driver_isReplacedByItsName() {
    Kernel kernel =
        Machines.kernel(binder ->
            binder
                .bind(DeviceDriver.class)
                .annotatedWith(Names.named("mtd"))
                .toProvider(() -> new CountingDriver()));
    Machine machine = machines.boot(kernel, FLASH, Profile.DOCUMENT);
    assertThat(machine.log().lines()).contains("/f@0: bound to counting");
    assertThat(machine.log().lines()).noneMatch(line -> line.contains("mtd"));
  }

  @Test
  void driverUnderAnotherName_isAdded() {
    Kernel kernel =
        Machines.kernel(binder ->
            binder
                .bind(DeviceDriver.class)
                .annotatedWith(Names.named("counting"))
                .toProvider(() -> new CountingDriver()));
    Machine machine = machines.boot(kernel, FLASH, Profile.DOCUMENT);
    assertThat(machine.devices()).anyMatch(device -> device.name().equals("counted1"));
    assertThat(machine.devices()).anyMatch(device -> device.driver().equals("brd"));
  }

  @Test
  void eachMachine_getsPluginsOfItsOwn() {
    Kernel kernel =
        Machines.kernel(binder ->
            binder
                .bind(DeviceDriver.class)
                .annotatedWith(Names.named("counting"))
                .toProvider(() -> new CountingDriver()));
    for (int boot = 0; boot < 3; boot++) {
      Machine machine = machines.boot(kernel, FLASH, Profile.DOCUMENT);
      assertThat(machine.devices()).noneMatch(device -> device.name().equals("counted2"));
    }
  }

  private record RefusingType(String name) implements FileSystemType {
    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      throw new ErrnoException(Errno.EPERM, "not this one");
    }
  }

  @Test
  void fileSystem_isReplacedByItsName() {
    Kernel kernel =
        Machines.kernel(binder ->
            binder
                .bind(FileSystemType.class)
                .annotatedWith(Names.named("tmpfs"))
                .toProvider(() -> new RefusingType("tmpfs")));
    Task init = machines.boot(kernel, FLASH, Profile.DOCUMENT).init();
    assertThatThrownBy(() -> init.tree().mount("none", "/mnt", "tmpfs", 0, ""))
        .isInstanceOf(ErrnoException.class)
        .hasMessageContaining("not this one");
  }

  private record RefusingFormat(String name) implements BinaryFormat {
    @Override
    public Recognition recognize(Executable file, ExecRequest request) {
      return Recognition.notMine("not this one");
    }
  }

  @Test
  void binaryFormat_isReplacedByItsName() throws Exception {
    Kernel kernel =
        Machines.kernel(binder ->
            binder
                .bind(BinaryFormat.class)
                .annotatedWith(Names.named("script"))
                .toProvider(() -> new RefusingFormat("script")));
    TaskCalls p = new TaskCalls(machines.boot(kernel, FLASH, Profile.DOCUMENT).init());
    p.task().close(p.file("/script", "#!/bin/sh\n".getBytes()));
    p.task().tree().chmod("/script", 0755);
    assertThatThrownBy(() -> p.task().processes().execve("/script", List.of(), List.of()))
        .hasMessageContaining("script: not this one");
  }

  @Test
  void driverOfANameThatIsThere_isRefusedUnlessItReplaces() {
    assertThatThrownBy(() ->
            Guice.createInjector(
                new KernelModule(),
                binder ->
                    binder
                        .bind(DeviceDriver.class)
                        .annotatedWith(Names.named("mtd"))
                        .toProvider(() -> new CountingDriver())))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("mtd");
  }

  private static final class UnwillingDriver implements DeviceDriver {
    UnwillingDriver() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public String name() {
      return "unwilling";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }
  }

  /** Guice reads class files for its messages, and cannot read those of Java 25. */
  @Test
  void pluginThatCannotBeMade_isNamedInOneLineAndGuiceSaysNothing() {
    List<String> said = new ArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            said.add(message.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("com.google.inject");
    logger.addHandler(listener);
    try {
      Kernel kernel =
          Machines.kernel(binder ->
              binder
                  .bind(DeviceDriver.class)
                  .annotatedWith(Names.named("mtd"))
                  .to(UnwillingDriver.class));
      Machine machine = machines.boot(kernel, FLASH, Profile.DOCUMENT);
      assertThat(machine.log().lines())
          .contains(
              "plugin %s cannot be used: java.lang.IllegalStateException: no licence"
                  .formatted(UnwillingDriver.class.getName()));
    } finally {
      logger.removeHandler(listener);
    }
    assertThat(said).isEmpty();
  }
}
