package dev.nommu.kernel.exec;

import static dev.nommu.kernel.exec.ElfImage.R;
import static dev.nommu.kernel.exec.ElfImage.X;
import static dev.nommu.kernel.exec.ElfImage.filled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.LoadMap;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The initial stack of a program, as getauxval(3) and the psABIs specify it for ELF. */
final class StackTest {
  private static final List<String> ARGUMENTS = List.of("prog", "-x", "grüße");
  private static final List<String> ENVIRONMENT = List.of("HOME=/", "EMPTY=");
  private static final int AT_PHDR = 3;
  private static final int AT_PHENT = 4;
  private static final int AT_PHNUM = 5;
  private static final int AT_PAGESZ = 6;
  private static final int AT_BASE = 7;
  private static final int AT_ENTRY = 9;
  private static final int AT_HWCAP = 16;
  private static final int AT_EXECFN = 31;

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls run(byte[] file) throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    Exec.install(p, "/prog", file);
    TaskCalls child = p.other();
    child.task().processes().execve("/prog", ARGUMENTS, ENVIRONMENT);
    return child;
  }

  private static ElfImage text(ElfImage elf) {
    return elf.entry(0x10044).load(R | X, 0, 0x10000, 0x400, filled(0x400, 1));
  }

  /** Reads words upwards from the stack pointer. */
  private static final class Reader {
    private final TaskCalls program;
    private final int wordSize;
    private long at;

    Reader(TaskCalls program, int wordSize) {
      this.program = program;
      this.wordSize = wordSize;
      this.at = Exec.image(program).stackPointer();
    }

    long word() {
      ByteBuffer bytes =
          ByteBuffer.wrap(program.bytes(at, wordSize)).order(ByteOrder.LITTLE_ENDIAN);
      at += wordSize;
      return wordSize == Long.BYTES ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
    }

    List<String> textsUpToZero() {
      List<String> texts = new ArrayList<>();
      for (long address = word(); address != 0; address = word()) {
        texts.add(text(address));
      }
      return texts;
    }

    String text(long address) {
      String following = new String(program.bytes(address, 32), StandardCharsets.ISO_8859_1);
      String bytes = following.substring(0, following.indexOf('\0'));
      return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    Map<Integer, Long> auxiliaryVector() {
      Map<Integer, Long> vector = new LinkedHashMap<>();
      for (long type = word(); type != 0; type = word()) {
        vector.put((int) type, word());
      }
      return vector;
    }
  }

  private static void assertArguments(Reader stack) {
    assertThat(stack.word()).as("argc").isEqualTo(ARGUMENTS.size());
    assertThat(stack.textsUpToZero()).isEqualTo(ARGUMENTS);
    assertThat(stack.textsUpToZero()).isEqualTo(ENVIRONMENT);
  }

  @Test
  void flat_findsArgcArgvEnvp() throws Exception {
    TaskCalls child = run(new FlatFile().text(new byte[100]).bytes());
    assertArguments(new Reader(child, Long.BYTES));
    assertThat(Exec.image(child).stackPointer() % 16).isZero();
  }

  @Test
  void elf64_findsArgcArgvEnvpAndTheAuxiliaryVector() throws Exception {
    TaskCalls child = run(text(ElfImage.pie()).bytes());
    Reader stack = new Reader(child, Long.BYTES);
    assertArguments(stack);
    assertVector(child, stack, 64, 56);
    assertThat(Exec.image(child).stackPointer() % 16).isZero();
  }

  @Test
  void elf32_findsTheSameInWordsOfItsOwn() throws Exception {
    TaskCalls child = run(text(ElfImage.fdpic()).bytes());
    Reader stack = new Reader(child, Integer.BYTES);
    assertArguments(stack);
    assertVector(child, stack, 52, 32);
  }

  private static void assertVector(TaskCalls child, Reader stack, int table, long entrySize) {
    long base = Exec.image(child).loadMap().orElseThrow().segments().getFirst().address();
    Map<Integer, Long> vector = stack.auxiliaryVector();
    assertThat(vector.keySet()).first().as("its first entry").isEqualTo(AT_HWCAP);
    assertThat(vector)
        .containsEntry(AT_PAGESZ, 4096L)
        .containsEntry(AT_PHDR, base + table)
        .containsEntry(AT_PHENT, entrySize)
        .containsEntry(AT_PHNUM, 1L)
        .containsEntry(AT_BASE, 0L)
        .containsEntry(AT_ENTRY, base + 0x44);
    assertThat(stack.text(vector.get(AT_EXECFN))).isEqualTo("/prog");
  }

  @Test
  void interpreter_isWhatTheAuxiliaryVectorCallsBase() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    Exec.install(p, "/ld.so", text(ElfImage.fdpic()).bytes());
    Exec.install(p, "/prog", text(ElfImage.fdpic()).interpreter(0x800, "/ld.so").bytes());
    TaskCalls child = p.other();
    child.task().processes().execve("/prog", ARGUMENTS, ENVIRONMENT);
    LoadedImage image = Exec.image(child);
    Reader stack = new Reader(child, Integer.BYTES);
    assertArguments(stack);
    LoadMap interpreter = image.interpreterLoadMap().orElseThrow();
    long base = image.loadMap().orElseThrow().segments().getFirst().address();
    assertThat(stack.auxiliaryVector())
        .containsEntry(AT_BASE, interpreter.segments().getFirst().address())
        .containsEntry(AT_ENTRY, base + 0x44);
  }

  @Test
  void strings_endWithTheStack() throws Exception {
    TaskCalls child = run(text(ElfImage.pie()).bytes());
    Mapping stack = child.task().mapping(Exec.image(child).stackPointer()).orElseThrow();
    String end =
        new String(child.bytes(stack.end() - 8 - "/prog".length() - 1, 14), StandardCharsets.UTF_8);
    assertThat(end).isEqualTo("/prog" + "\0".repeat(9));
  }
}
