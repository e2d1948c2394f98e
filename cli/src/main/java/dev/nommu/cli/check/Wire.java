package dev.nommu.cli.check;

import dev.nommu.cli.check.Checked.Result;
import dev.nommu.tck.Verdict;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * The protocol by which a process that tests a class reports to the one that started it: the name
 * of each rule before it is tested, its result, and the end.
 */
final class Wire {
  private static final int BEGIN = 'b';
  private static final int RESULT = 'r';
  private static final int NOTE = 'n';
  private static final int END = 'e';

  /** The most that fits, whatever the letters. */
  private static final int MOST = 20_000;

  private Wire() {}

  /** A message. */
  sealed interface Message {
    /** A rule is about to be tested. */
    record Begin(String name) implements Message {}

    /** A rule was tested. */
    record Done(Result result) implements Message {}

    /** A remark beside the results. */
    record Note(String text) implements Message {}

    /**
     * Testing is over.
     *
     * @param failure why it was incomplete; empty if it was complete
     */
    record End(Optional<String> failure) implements Message {}
  }

  static void write(DataOutputStream out, Message message) throws IOException {
    switch (message) {
      case Message.Begin(String name) -> {
        out.writeByte(BEGIN);
        text(out, name);
      }
      case Message.Done(Result result) -> {
        out.writeByte(RESULT);
        result(out, result);
      }
      case Message.Note(String note) -> {
        out.writeByte(NOTE);
        text(out, note);
      }
      case Message.End(Optional<String> failure) -> {
        out.writeByte(END);
        text(out, failure.orElse(""));
      }
    }
    out.flush();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.writeUTF(text.length() > MOST ? text.substring(0, MOST) + " ..." : text);
  }

  private static void result(DataOutputStream out, Result result) throws IOException {
    text(out, result.about());
    text(out, result.rule());
    text(out, result.name());
    text(out, result.text());
    switch (result.verdict()) {
      case Verdict.Held held -> texts(out, "", "", "", "held");
      case Verdict.Skipped(String reason) -> texts(out, reason, "", "", "skipped");
      case Verdict.Broken(String found, String expected, String remedy) ->
          texts(out, found, expected, remedy, "broken");
    }
  }

  private static void texts(DataOutputStream out, String... texts) throws IOException {
    for (String text : texts) {
      text(out, text);
    }
  }

  /**
   * Reads a message.
   *
   * @throws IOException if the other end has gone, or sent anything else
   */
  static Message read(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    return switch (kind) {
      case BEGIN -> new Message.Begin(in.readUTF());
      case RESULT -> new Message.Done(result(in));
      case NOTE -> new Message.Note(in.readUTF());
      case END -> new Message.End(Optional.of(in.readUTF()).filter(text -> !text.isEmpty()));
      default -> throw new IOException("unknown message " + kind);
    };
  }

  private static Result result(DataInputStream in) throws IOException {
    String about = in.readUTF();
    String rule = in.readUTF();
    String name = in.readUTF();
    String text = in.readUTF();
    return new Result(about, rule, name, verdict(in), text);
  }

  private static Verdict verdict(DataInputStream in) throws IOException {
    String first = in.readUTF();
    String second = in.readUTF();
    String third = in.readUTF();
    String kind = in.readUTF();
    return switch (kind) {
      case "held" -> Verdict.HELD;
      case "skipped" -> Verdict.skipped(first);
      case "broken" -> Verdict.broken(first, second, third);
      default -> throw new IOException("unknown verdict " + kind);
    };
  }
}
