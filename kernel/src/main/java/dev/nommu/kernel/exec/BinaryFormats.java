package dev.nommu.kernel.exec;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.ImageLoader;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.plugin.NameClash;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The binary formats of a machine, ordered by name. Thread-safe. */
public final class BinaryFormats {
  private final TreeMap<String, BinaryFormat> formats = new TreeMap<>();

  /**
   * Collects the formats provided by plugins.
   *
   * @throws ErrnoException EIO if a plugin returns no name, EBUSY if two have the same name
   */
  public BinaryFormats(Collection<BinaryFormat> plugins) throws ErrnoException {
    for (BinaryFormat plugin : plugins) {
      String name = PluginCall.ask(plugin, "name", plugin::name);
      BinaryFormat other = formats.putIfAbsent(name, plugin);
      if (other != null) {
        throw NameClash.of("binary format", name, other, plugin);
      }
    }
  }

  /** The result for a file, and the format that recognized it. */
  sealed interface Answer {
    /** A script. */
    record Interpreted(Recognition.Script script) implements Answer {}

    /** An image of this format. */
    record Image(BinaryFormat format, ImageLoader loader) implements Answer {}
  }

  /**
   * Tries the formats in order.
   *
   * @throws ErrnoException ENOEXEC with the reason of each format if none recognizes the file; any
   *     other error of a format
   */
  Answer recognize(ExecutableFile file, ExecRequest request) throws ErrnoException {
    List<String> reasons = new ArrayList<>();
    for (var entry : formats.entrySet()) {
      BinaryFormat format = entry.getValue();
      Recognition answer =
          PluginCall.ask(format, "recognize", () -> format.recognize(file, request));
      requireWhole(format, answer);
      switch (answer) {
        case Recognition.NotMine(String why) -> reasons.add(entry.getKey() + ": " + why);
        case Recognition.Script script -> {
          return new Answer.Interpreted(script);
        }
        case Recognition.Program(ImageLoader loader) -> {
          return new Answer.Image(format, loader);
        }
      }
    }
    throw new ErrnoException(
        Errno.ENOEXEC,
        "execve %s: no binary format recognizes it (%s)"
            .formatted(file.path(), String.join("; ", reasons)));
  }

  private static void requireWhole(BinaryFormat format, Recognition answer) throws ErrnoException {
    boolean whole =
        switch (answer) {
          case Recognition.NotMine(String why) -> why != null;
          case Recognition.Script(String interpreter, Optional<String> argument) ->
              interpreter != null && argument != null;
          case Recognition.Program(ImageLoader loader) -> loader != null;
        };
    if (!whole) {
      throw PluginCall.wrong(
          format, "recognize", "expected a result without null components, found " + answer);
    }
  }
}
