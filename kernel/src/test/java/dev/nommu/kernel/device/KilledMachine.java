package dev.nommu.kernel.device;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A process that rewrites a flash chip and a disk again and again: a block for each byte it reads.
 * It reports each block written, until it is killed.
 */
final class KilledMachine {
  static final int BLOCK = 0x40000;
  static final int BLOCKS = 4;
  static final int SECTOR = 512;
  static final int DISK_SIZE = 64 * SECTOR;
  static final int WORD = 2;
  static final String DISK = "/virtio@10000000";
  static final String FLASH = "/flash@20000000";

  private static final int MEMERASE = 0x40084d02;

  private final TaskCalls program;
  private final int flash;
  private final int disk;

  private KilledMachine(Task task) throws Exception {
    this.program = new TaskCalls(task);
    this.flash = program.write("/dev/mtd0");
    this.disk = program.write("/dev/vda");
  }

  /** Arguments: the image of the flash and that of the disk. */
  public static void main(String[] arguments) throws Exception {
    try (Machine machine = boot(Path.of(arguments[0]), Path.of(arguments[1]))) {
      KilledMachine killed = new KilledMachine(machine.init());
      for (int index = 0; System.in.read() >= 0; index++) {
        killed.rewrite(index);
        System.out.println(line(index));
      }
    }
  }

  static Machine boot(Path flash, Path disk) throws Exception {
    TestBoard board =
        TestBoard.withMebibytes(8)
            .node(
                """
                virtio@10000000 { compatible = "virtio,mmio"; reg = <0 0x10000000 0 0x1000>; };
                flash@20000000 {
                  compatible = "cfi-flash"; bank-width = <4>; reg = <0 0x20000000 0 0x100000>;
                };
                """)
            .persistent(FLASH, flash)
            .persistent(DISK, disk);
    return Machine.boot(board.build(), Profile.DOCUMENT);
  }

  /**
   * Returns how often a block was written by the write with this index, counted from 0; before the
   * first, at index -1, it is 0.
   */
  static int generation(int index) {
    return Math.floorDiv(index, BLOCKS) + 1;
  }

  /** Returns the block that the write with this index changes. */
  static int block(int index) {
    return Math.floorMod(index, BLOCKS);
  }

  /** Returns the line that the process prints after each block. */
  static String line(int index) {
    return "generation " + generation(index) + " of block " + block(index);
  }

  private void rewrite(int index) throws Exception {
    int block = block(index);
    byte[] content = content(generation(index), block, BLOCK);
    erase(block);
    program.task().pwrite(flash, MemorySegment.ofArray(content), (long) block * BLOCK);
    program.task().pwrite(disk, MemorySegment.ofArray(disk(index)), 0);
  }

  private void erase(int block) throws Exception {
    long argument = program.anonymous(TaskCalls.PAGE);
    program.store(argument, bytes(block * BLOCK));
    program.store(argument + Integer.BYTES, bytes(BLOCK));
    program.task().ioctl(flash, MEMERASE, argument);
    program.task().munmap(argument, TaskCalls.PAGE);
  }

  private static byte[] bytes(int value) {
    return new byte[] {
      (byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)
    };
  }

  /** Returns the contents of the disk after the write with this index. */
  static byte[] disk(int index) {
    return content(generation(index), block(index), DISK_SIZE);
  }

  /** Returns the contents of a block in a generation: words that are never erased. */
  static byte[] content(int generation, int block, int length) {
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at += WORD) {
      short word = word(generation, block, at / WORD);
      bytes[at] = (byte) word;
      bytes[at + 1] = (byte) (word >> 8);
    }
    return bytes;
  }

  /** Returns a word of a block; it differs in the generations before and after. */
  static short word(int generation, int block, int index) {
    return (short) ((generation * 31 + block * 7 + index) % 0x7fff);
  }
}
