package dev.nommu.cli.vectors;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapCapability;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.FileFacts.Trait;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Rule;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes vectors as JSON, one a line, as {@code docs/vectors/schema.json} describes it. */
final class VectorJson {
  private static final String HEAD =
      """
      {
      "version": 1,
      "vectors": [
      """;

  private static final String FOOT =
      """
      ]
      }
      """;

  private VectorJson() {}

  /** Writes a document with these vectors, in order. */
  static void write(Iterator<TestVector> vectors, Writer to) throws IOException {
    to.write(HEAD);
    while (vectors.hasNext()) {
      to.write(object(vectors.next()));
      to.write(vectors.hasNext() ? ",\n" : "\n");
    }
    to.write(FOOT);
  }

  private static String object(TestVector vector) {
    Situation situation = vector.situation();
    return object(
        field("profile", text(situation.profile().id())),
        field("request", request(situation.request())),
        field("file", situation.file().map(VectorJson::file).orElse("null")),
        field("answers", answers(vector)),
        field("outcome", text(vector.decision().outcome().toString())),
        field("rule", text(vector.decision().rule().id())),
        field("because", list(vector.because().stream().map(Rule::id))),
        field("use", text(lower(vector.use()))));
  }

  private static String request(MmapArguments request) {
    return object(
        field("address", number(request.address())),
        field("length", number(request.length())),
        field("prot", Integer.toString(request.protection())),
        field("flags", Integer.toString(request.flags())),
        field("page", number(request.pageOffset())));
  }

  private static String file(FileFacts file) {
    return object(
        field("kind", text(kind(file.kind()))),
        field(
            "operations", list(Stream.of(Slot.values()).filter(file::has).map(VectorJson::lower))),
        field("open", text(open(file.mode()))),
        field("traits", list(Stream.of(Trait.values()).filter(file::is).map(VectorJson::lower))),
        field("capabilities", capabilities(file.backing())));
  }

  private static String capabilities(Optional<BackingDeviceInfo> backing) {
    return backing
        .map(given ->
            list(Stream.of(MapCapability.values()).filter(given::permits).map(MapCapability::name)))
        .orElse("null");
  }

  private static String answers(TestVector vector) {
    return object(
        vector.answers().stream()
            .map(answer -> field(answer.question(), text(answer.word())))
            .toArray(String[]::new));
  }

  private static String kind(FileKind kind) {
    return switch (kind) {
      case REGULAR -> "regular";
      case DIRECTORY -> "directory";
      case SYMBOLIC_LINK -> "symlink";
      case CHARACTER_DEVICE -> "chardev";
      case BLOCK_DEVICE -> "blockdev";
      case FIFO -> "fifo";
      case SOCKET -> "socket";
    };
  }

  private static String open(AccessMode mode) {
    return switch (mode) {
      case READ -> "O_RDONLY";
      case WRITE -> "O_WRONLY";
      case READ_WRITE -> "O_RDWR";
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String object(String... fields) {
    return "{" + String.join(",", fields) + "}";
  }

  private static String field(String name, String value) {
    return text(name) + ":" + value;
  }

  private static String list(Stream<String> texts) {
    return texts.map(VectorJson::text).collect(Collectors.joining(",", "[", "]"));
  }

  /** All words here are plain ASCII: nothing needs escaping. */
  private static String text(String word) {
    return '"' + word + '"';
  }

  /** 64-bit numbers do not fit into JavaScript's numbers. */
  private static String number(long unsigned) {
    return text("0x" + Long.toHexString(unsigned));
  }
}
