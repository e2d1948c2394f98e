package dev.nommu.kernel;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.cmdline.KernelParameters;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.task.TreeCalls;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The root file system that the command line names, mounted as {@code init/do_mounts.c} does (rule
 * BOARD-09): {@code root=}, {@code rootfstype=}, {@code rootflags=}, {@code ro} and {@code rw}.
 * {@code rootwait} and {@code rootdelay=} have nothing to wait for: all devices are present.
 */
final class RootFileSystem {
  private static final String DEVICE = "/dev/root";
  private static final int DEVICE_PERMISSIONS = 0600;
  private static final int DIRECTORY_PERMISSIONS = 0755;
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,4}):([0-9]{1,7})");
  private static final Pattern HEXADECIMAL = Pattern.compile("(?:0x)?([0-9a-fA-F]{1,8})");
  private static final String DEV = "/dev/";

  private final Failed failed;
  private final DeviceRegistry devices;
  private final Map<String, FileSystemType.Source> sources;
  private final Optional<String> root;
  private final Optional<String> types;
  private final String options;
  private final Set<MountFlag> flags;
  private boolean mounted;

  /** What happens to a machine whose root cannot be mounted. */
  @FunctionalInterface
  interface Failed {
    void because(String reason, List<ErrnoException> failures) throws BoardException;
  }

  RootFileSystem(
      Failed failed,
      KernelParameters parameters,
      DeviceRegistry devices,
      Map<String, FileSystemType.Source> sources) {
    this.failed = failed;
    this.devices = devices;
    this.sources = sources;
    this.root = parameters.last("root");
    this.types = parameters.last("rootfstype");
    this.options = parameters.last("rootflags").orElse("");
    boolean writable = parameters.lastOf("ro", "rw").filter("rw"::equals).isPresent();
    this.flags = writable ? Set.of() : Set.of(MountFlag.READ_ONLY);
    parameters.heed("rootwait");
    parameters.heed("rootdelay");
  }

  /** Returns whether the command line names one and it was mounted. */
  boolean isMounted() {
    return mounted;
  }

  /**
   * Mounts it over the current root, if one is named.
   *
   * @throws BoardException if there is no such device, or no file system on it can be mounted, and
   *     everything that the board asks for must be present
   */
  void mount(TreeCalls tree) throws BoardException {
    if (root.isEmpty()) {
      return;
    }
    List<String> refused = new ArrayList<>();
    List<ErrnoException> failures = new ArrayList<>();
    try {
      mount(tree, refused);
    } catch (ErrnoException failure) {
      refused.add(failure.describe());
      failures.add(failure);
    }
    if (!mounted) {
      failed.because("root=%s: %s".formatted(root.get(), String.join("; ", refused)), failures);
    }
  }

  private void mount(TreeCalls tree, List<String> refused) throws ErrnoException {
    String source = source(tree);
    for (String type : typesToTry()) {
      mounted = mounted || mounts(tree, source, type, refused);
    }
  }

  private List<String> typesToTry() {
    return types
        .map(names -> List.of(names.split(",")))
        .orElseGet(() ->
            sources.entrySet().stream()
                .filter(type -> type.getValue() == FileSystemType.Source.STORE)
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
  }

  /**
   * A type that does not recognise the contents returns EINVAL, and the next one is tried. An MTD's
   * name has by then been tried as a path, too, which is ENOENT.
   */
  private boolean mounts(TreeCalls tree, String source, String type, List<String> refused)
      throws ErrnoException {
    try {
      tree.mount(source, "/", type, flags, options);
      return true;
    } catch (ErrnoException failure) {
      Set<Errno> ofAnother =
          source.equals(DEVICE)
              ? EnumSet.of(Errno.EINVAL, Errno.EACCES)
              : EnumSet.of(Errno.EINVAL, Errno.EACCES, Errno.ENOENT);
      if (!ofAnother.contains(failure.errno())) {
        throw failure;
      }
      refused.add(type + ": " + failure.describe());
      return false;
    }
  }

  /** Returns the name of an MTD, or a node created for the device. */
  private String source(TreeCalls tree) throws ErrnoException {
    String name = root.orElseThrow();
    if (devices.store(name).isPresent()) {
      return name;
    }
    DeviceNumber number = number(name);
    tree.mkdir("/dev", DIRECTORY_PERMISSIONS);
    tree.create(DEVICE, NewInode.deviceFile(DEVICE_PERMISSIONS, DeviceFile.Kind.BLOCK, number));
    return DEVICE;
  }

  private DeviceNumber number(String name) throws ErrnoException {
    if (name.startsWith(DEV)) {
      return named(name.substring(DEV.length()));
    }
    Matcher decimal = NUMBER.matcher(name);
    if (decimal.matches()) {
      return new DeviceNumber(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    Matcher hexadecimal = HEXADECIMAL.matcher(name);
    if (hexadecimal.matches()) {
      return decoded(Long.parseLong(hexadecimal.group(1), 16));
    }
    throw notThere();
  }

  /** As {@code new_decode_dev}: twelve bits of the major lie between those of the minor. */
  private static DeviceNumber decoded(long device) {
    int major = (int) ((device >> 8) & 0xfff);
    int minor = (int) ((device & 0xff) | ((device >> 12) & 0xfff00));
    return new DeviceNumber(major, minor);
  }

  private DeviceNumber named(String name) throws ErrnoException {
    for (DeviceRegistry.Device device : devices.devices()) {
      if (device.kind() == DeviceFile.Kind.BLOCK && device.name().equals(name)) {
        return device.number();
      }
    }
    throw notThere();
  }

  private ErrnoException notThere() {
    return new ErrnoException(
        Errno.ENODEV,
        "expected a block device as /dev/NAME or MAJOR:MINOR, or an MTD as mtd:NAME, found none;"
            + " there are "
            + devices.mountable());
  }
}
