package dev.nommu.junit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/**
 * The program of a test: compiled, or the build stored next to its source.
 *
 * @param test the class next to which the source is a resource
 * @param source its name
 */
record GuestBuild(Class<?> test, String source) {
  /** The directory of resources that builds are written to. */
  static final String WRITTEN = "nommu.guest.builds";

  private static final Pattern INCLUDE = Pattern.compile("(?m)^\\s*#\\s*include\\s*\"(.+?)\"");
  private static final String DIGEST = "source sha256 ";

  /** Returns the name of the build of a source. */
  static String elfOf(String source) {
    return source.replaceFirst("\\.c$", "") + ".elf";
  }

  /** Returns the name of the program. */
  String name() {
    return source.replaceFirst("\\.c$", "");
  }

  private String note() {
    return name() + ".build";
  }

  /**
   * Returns the program.
   *
   * @throws AssertionFailedError if it does not compile, or the stored build was made from another
   *     source
   */
  byte[] program(GuestCompiler compiler) throws IOException, InterruptedException {
    requireFresh(digest(), compiler);
    Optional<Path> file = file();
    return compiler.isThere() && file.isPresent()
        ? compiler.compile(file.get())
        : committed(compiler);
  }

  /** Compiles it and writes build and note into a directory of resources; returns the program. */
  byte[] write(Path resources, GuestCompiler compiler) throws IOException, InterruptedException {
    Path directory = resources.resolve(test.getPackageName().replace('.', '/'));
    byte[] program = compiler.compile(file().orElseThrow());
    Files.createDirectories(directory);
    Files.write(directory.resolve(elfOf(source)), program);
    Files.writeString(
        directory.resolve(note()),
        String.join("\n", DIGEST + digest(), compiler.version(), compiler.line(source), ""));
    return program;
  }

  /** A build without a note, and a note without a build, are stale too. */
  private void requireFresh(String digest, GuestCompiler compiler) throws IOException {
    boolean isBuilt = resource(elfOf(source)).isPresent();
    Optional<byte[]> note = resource(note());
    String made = note.map(each -> new String(each, StandardCharsets.UTF_8)).orElse("");
    if ((isBuilt || note.isPresent()) && !(isBuilt && made.startsWith(DIGEST + digest + "\n"))) {
      throw new AssertionFailedError(
          "@GuestProgram: %s was not made of this %s%n  expected %s in %s, found %s%n  %s"
              .formatted(
                  elfOf(source),
                  source,
                  digest,
                  note(),
                  made.lines().findFirst().orElse("no such file"),
                  remedy(compiler)));
    }
  }

  private byte[] committed(GuestCompiler compiler) throws IOException {
    return resource(elfOf(source))
        .orElseThrow(() ->
            new AssertionFailedError(
                "@GuestProgram: %s: there is neither %s in the PATH nor a build, %s, beside it%n  %s"
                    .formatted(source, compiler.command(), elfOf(source), remedy(compiler))));
  }

  private static String remedy(GuestCompiler compiler) {
    return "to make one: mvn test -D%s=src/test/resources, where %s is installed"
        .formatted(WRITTEN, compiler.command());
  }

  /** Returns the source as a file of the host; empty if it is in a jar. */
  private Optional<Path> file() {
    URL url = test.getResource(source);
    try {
      return url != null && "file".equals(url.getProtocol())
          ? Optional.of(Path.of(url.toURI()))
          : Optional.empty();
    } catch (URISyntaxException notOfAFile) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> resource(String name) throws IOException {
    try (InputStream in = test.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }

  /** Returns the digest of the source and of the files next to it that it includes. */
  private String digest() throws IOException {
    byte[] text =
        resource(source)
            .orElseThrow(() ->
                new FileNotFoundException(
                    "%s: expected a resource beside %s".formatted(source, test.getName())));
    Map<String, byte[]> all = new LinkedHashMap<>();
    collect(source, text, all);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      all.values().forEach(sha256::update);
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  private void collect(String name, byte[] text, Map<String, byte[]> all) throws IOException {
    if (all.putIfAbsent(name, text) != null) {
      return;
    }
    Matcher include = INCLUDE.matcher(new String(text, StandardCharsets.UTF_8));
    while (include.find()) {
      Optional<byte[]> included = resource(include.group(1));
      if (included.isPresent()) {
        collect(include.group(1), included.get(), all);
      }
    }
  }
}
