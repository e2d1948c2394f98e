package dev.nommu.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nommu.api.BinaryFormat;
import dev.nommu.binfmt.elf.ElfFdpicFormat;
import dev.nommu.binfmt.flat.FlatFormat;
import dev.nommu.binfmt.script.ScriptFormat;
import dev.nommu.junit.BinaryFormatContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Nested;

/** Each binary format of the project keeps the contract of the kit. */
final class BinaryFormatContractsTest {
  private static final int FLAT_HEADER = 64;
  private static final int TEXT = 512;
  private static final int ELF_HEADER = 52;
  private static final int SEGMENT = 32;
  private static final int FDPIC = 65;
  private static final int ARM = 40;

  @Nested
  final class Flat extends BinaryFormatContract {
    @Override
    protected BinaryFormat format() {
      return new FlatFormat();
    }

    @Override
    protected byte[] executable() {
      int end = FLAT_HEADER + TEXT;
      return ByteBuffer.allocate(end)
          .put("bFLT".getBytes(UTF_8))
          .putInt(4)
          .putInt(FLAT_HEADER)
          .putInt(end)
          .putInt(end)
          .putInt(end + 100)
          .putInt(4096)
          .putInt(end)
          .array();
    }
  }

  @Nested
  final class ElfFdpic extends BinaryFormatContract {
    @Override
    protected BinaryFormat format() {
      return new ElfFdpicFormat();
    }

    @Override
    protected byte[] executable() {
      ByteBuffer file =
          ByteBuffer.allocate(4096 + TEXT)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1, FDPIC});
      file.position(16).putShort((short) 2).putShort((short) ARM).putInt(1);
      file.putInt(4096).putInt(ELF_HEADER).putInt(0).putInt(0);
      file.putShort((short) ELF_HEADER).putShort((short) SEGMENT).putShort((short) 1);
      file.position(ELF_HEADER).putInt(1).putInt(4096).putInt(4096).putInt(4096);
      file.putInt(TEXT).putInt(TEXT).putInt(5).putInt(4096);
      return file.array();
    }
  }

  @Nested
  final class Script extends BinaryFormatContract {
    @Override
    protected BinaryFormat format() {
      return new ScriptFormat();
    }

    @Override
    protected byte[] executable() {
      return "#!/bin/interpreter -x\necho\n".getBytes(UTF_8);
    }
  }
}
