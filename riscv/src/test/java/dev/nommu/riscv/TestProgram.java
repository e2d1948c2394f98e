package dev.nommu.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A static program: code at one address, zeroed memory at another.
 *
 * @param code execution begins with its first byte
 */
record TestProgram(byte[] code) {
  static final long CODE = 0x1_0000;
  static final long DATA = 0x2000_0000;
  static final int DATA_SIZE = 0x2_0000;

  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int EVERYTHING = 7;

  /** Returns an ELF file that Linux runs. */
  byte[] elf() {
    int offset = 0x1000;
    ByteBuffer file = ByteBuffer.allocate(offset + code.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    file.putShort((short) 2).putShort((short) 243).putInt(1).putLong(CODE).putLong(HEADER);
    file.putLong(0).putInt(5).putShort((short) HEADER).putShort((short) PROGRAM_HEADER);
    file.putShort((short) 2).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    segment(file, offset, CODE, code.length, code.length);
    segment(file, 0, DATA, 0, DATA_SIZE);
    return file.position(offset).put(code).array();
  }

  private static void segment(ByteBuffer file, long offset, long address, long inFile, long size) {
    file.putInt(1).putInt(EVERYTHING).putLong(offset).putLong(address).putLong(address);
    file.putLong(inFile).putLong(size).putLong(0x1000);
  }
}
