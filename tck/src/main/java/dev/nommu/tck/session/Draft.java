package dev.nommu.tck.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** A session being generated: its open files and mappings so far. */
final class Draft {
  private static final int PAGE = 4096;
  private static final int LONGEST = 64;
  private static final List<String> MODES =
      List.of(
          "O_RDWR|O_NONBLOCK",
          "O_RDONLY|O_NONBLOCK",
          "O_RDWR|O_CREAT|O_NONBLOCK",
          "O_RDWR|O_CREAT|O_TRUNC|O_NONBLOCK",
          "O_WRONLY|O_CREAT|O_APPEND|O_NONBLOCK",
          "O_RDWR|O_CREAT|O_EXCL|O_NONBLOCK");

  private final Random random;
  private final Targets targets;
  private final List<Names> trees;
  private final List<String> files = new ArrayList<>();
  private final List<String> mappings = new ArrayList<>();
  private final List<String> writable = new ArrayList<>();
  private int names;

  Draft(Random random, Targets targets) {
    this.random = random;
    this.targets = targets;
    this.trees = targets.trees().stream().map(tree -> new Names(tree, random)).toList();
  }

  private <T> Optional<T> anyOf(List<T> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private String name(String prefix) {
    names++;
    return prefix + names;
  }

  int count() {
    return 1 + random.nextInt(LONGEST);
  }

  /** Near the start, at the end of a page, or anywhere in four. */
  long offset() {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(LONGEST);
      case 1 -> PAGE - random.nextInt(LONGEST);
      default -> random.nextInt(4 * PAGE);
    };
  }

  int word() {
    return 4 * random.nextInt(LONGEST);
  }

  String text() {
    return Character.toString('a' + random.nextInt(26)).repeat(count());
  }

  Optional<String> open() {
    return anyOf(openable()).map(path -> open(path, anyOf(MODES).orElseThrow()));
  }

  private List<String> openable() {
    return Stream.concat(targets.devices().stream(), trees.stream().map(this::file)).toList();
  }

  private String file(Names names) {
    String path = random.nextInt(4) > 0 ? names.file() : names.known();
    names.made(path);
    return path;
  }

  private String open(String path, String flags) {
    String file = name("f");
    files.add(file);
    return "%s = open(\"%s\", %s, 0600)".formatted(file, path, flags);
  }

  Optional<String> openDirectory(String flags) {
    return anyOf(trees).map(names -> open(names.directory(), flags));
  }

  Optional<String> withTree(Function<Names, String> call) {
    return anyOf(trees).map(call);
  }

  /** Memory only for the call, no memory, arbitrary bytes, or mapped memory. */
  Optional<String> ioctl() {
    Optional<Integer> request = anyOf(targets.requests());
    String argument =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> ", 0";
          case 2 -> ", \"%s\"".formatted(text());
          default -> withMapping(", %s").orElse("");
        };
    return request.flatMap(number -> withFile("ioctl(%%s, 0x%08x%s)".formatted(number, argument)));
  }

  Optional<String> withFile(String call) {
    Optional<String> file = anyOf(files);
    file.filter(closed -> call.startsWith("close")).ifPresent(files::remove);
    return file.map(call::formatted);
  }

  Optional<String> map(String protection, String flags) {
    return anyOf(files).map(file -> map(file, protection, flags));
  }

  private String map(String file, String protection, String flags) {
    String mapping = name("m");
    mappings.add(mapping);
    if (protection.contains("WRITE")) {
      writable.add(mapping);
    }
    return "%s = mmap(0, %d, %s, %s, %s, %d)"
        .formatted(mapping, PAGE, protection, flags, file, PAGE * (random.nextInt(4) / 3));
  }

  Optional<String> withMapping(String call) {
    return anyOf(mappings).map(call::formatted);
  }

  Optional<String> withWritable(String call) {
    return anyOf(writable).map(call::formatted);
  }

  Optional<String> unmap() {
    Optional<String> mapping = anyOf(mappings);
    mapping.ifPresent(mappings::remove);
    mapping.ifPresent(writable::remove);
    return mapping.map(name -> "munmap(%s, %d)".formatted(name, PAGE));
  }
}
