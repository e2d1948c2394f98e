package dev.nommu.kernel.testing;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Includes;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small board, written as device tree source piece by piece. */
public final class TestBoard {
  /** Where the RAM of every test board begins. */
  public static final long RAM = 0x8000_0000L;

  private final long ramBytes;
  private final StringBuilder nodes = new StringBuilder();
  private final StringBuilder mounts = new StringBuilder();
  private final StringBuilder host = new StringBuilder();
  private final StringBuilder contents = new StringBuilder();
  private String bootargs = "brd.rd_nr=1 brd.rd_size=64";
  private Path directory = Path.of(".");
  private int entries;

  private TestBoard(long ramBytes) {
    this.ramBytes = ramBytes;
  }

  /** Begins a board with this much RAM. */
  public static TestBoard withMebibytes(long mebibytes) {
    return new TestBoard(mebibytes << 20);
  }

  /** Sets the kernel's command line; without it there is one small ramdisk. */
  public TestBoard bootargs(String line) {
    bootargs = line;
    return this;
  }

  /** Adds a node below the root. */
  public TestBoard node(String source) {
    nodes.append(source).append('\n');
    return this;
  }

  /** Adds a line to the table of mounts. */
  public TestBoard mount(String source, String target, String type, String options) {
    mounts.append(
        "m%d { source = \"%s\"; target = \"%s\"; type = \"%s\"; options = \"%s\"; };%n"
            .formatted(entries++, source, target, type, options));
    return this;
  }

  /** Gives the board a directory of a host, on any file system. */
  public TestBoard host(String name, Path of) {
    directory = of.toAbsolutePath().getRoot();
    host.append("%s { directory = \"%s\"; };%n".formatted(name, of.toAbsolutePath()));
    return this;
  }

  /** Gives the board a directory of a host that is written itself, and not a copy of it. */
  public TestBoard persistentHost(String name, Path of) {
    directory = of.toAbsolutePath().getRoot();
    host.append("%s { directory = \"%s\"; persistent; };%n".formatted(name, of.toAbsolutePath()));
    return this;
  }

  /** Gives the board a directory of a host that can only be read. */
  public TestBoard readOnlyHost(String name, Path of) {
    directory = of.toAbsolutePath().getRoot();
    host.append("%s { directory = \"%s\"; read-only; };%n".formatted(name, of.toAbsolutePath()));
    return this;
  }

  /** Mounts plain files, which can only be copied, on {@code /host}. */
  public TestBoard files(Map<String, byte[]> files) {
    Path host = Jimfs.newFileSystem(Configuration.unix()).getPath("/host");
    try {
      Files.createDirectory(host);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(host.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return host("files", host).mount("files", "/host", "hostfs", "");
  }

  /** Puts the content of a file into the device that a node describes. */
  public TestBoard content(String node, Path image) {
    directory = image.toAbsolutePath().getRoot();
    contents.append(
        "c%d { device = \"%s\"; image = \"%s\"; };%n"
            .formatted(entries++, node, image.toAbsolutePath()));
    return this;
  }

  /** Keeps the content of the device that a node describes in a file. */
  public TestBoard persistent(String node, Path image) {
    directory = image.toAbsolutePath().getRoot();
    contents.append(
        "c%d { device = \"%s\"; image = \"%s\"; persistent; };%n"
            .formatted(entries++, node, image.toAbsolutePath()));
    return this;
  }

  /** Puts a file that can only be read into the device that a node describes. */
  public TestBoard readOnly(String node, Path image) {
    directory = image.toAbsolutePath().getRoot();
    contents.append(
        "c%d { device = \"%s\"; image = \"%s\"; read-only; };%n"
            .formatted(entries++, node, image.toAbsolutePath()));
    return this;
  }

  /** Keeps the content of memory that no node describes in a file. */
  public TestBoard persistent(long address, Path image) {
    directory = image.toAbsolutePath().getRoot();
    contents.append(
        "c%d { reg = <0 0x%x 0 1>; image = \"%s\"; persistent; };%n"
            .formatted(entries++, address, image.toAbsolutePath()));
    return this;
  }

  /** Returns the board. */
  public Board build() {
    try {
      return Board.of(
          "test board", DeviceTree.parseDts(source(), "test board", Includes.none()), directory);
    } catch (DeviceTreeException | BoardException wrong) {
      throw new AssertionError(source(), wrong);
    }
  }

  private String source() {
    return """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <2>;
      memory@80000000 { device_type = "memory"; reg = <0 0x80000000 0x%x 0x%x>; };
      chosen { bootargs = "%s"; };
      %s
      nommu {
        compatible = "nommu,simulation";
        mounts { %s };
        host { %s };
        contents { #address-cells = <2>; #size-cells = <2>; %s };
      };
    };
    """
        .formatted(
            ramBytes >>> 32, ramBytes & 0xffff_ffffL, bootargs, nodes, mounts, host, contents);
  }
}
