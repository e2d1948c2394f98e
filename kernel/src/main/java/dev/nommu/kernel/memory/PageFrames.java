package dev.nommu.kernel.memory;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import java.util.List;

/**
 * Numbers for the pages of RAM, close together even if its banks are far apart. The numbers of a
 * bank are consecutive, those of two banks never are: at least one number between them is unused. A
 * number is as aligned as its page's address, up to a block. Immutable.
 */
public final class PageFrames {
  private final long[] starts;
  private final long[] ends;

  /** The address at which each bank's numbering would begin. */
  private final long[] bases;

  /** The number of the page after each bank. */
  private final int[] after;

  /** Numbers the pages of RAM; the first page has number 0. */
  PageFrames(Ram ram) {
    this(ram, 0);
  }

  /**
   * Numbers the pages of RAM.
   *
   * @param order the binary logarithm of the pages in a block
   */
  PageFrames(Ram ram, int order) {
    List<AddressRange> banks = ram.banks();
    starts = new long[banks.size()];
    ends = new long[banks.size()];
    bases = new long[banks.size()];
    after = new int[banks.size()];
    long block = Page.SIZE << order;
    long next = 0;
    for (int i = 0; i < banks.size(); i++) {
      AddressRange bank = banks.get(i);
      long first = next + (bank.start() & (block - 1));
      starts[i] = bank.start();
      ends[i] = bank.end();
      bases[i] = bank.start() - first;
      after[i] = Math.toIntExact((first + bank.length()) >>> Page.SHIFT);
      next = (first + bank.length() + block) & -block;
    }
  }

  /** Returns a number greater than that of every page. */
  public int count() {
    return after[after.length - 1];
  }

  /**
   * Returns the number of the page at an address of RAM.
   *
   * @throws IllegalArgumentException if it is not RAM
   */
  public int frameOf(long address) {
    for (int bank = 0; bank < starts.length; bank++) {
      if (address >= starts[bank] && address < ends[bank]) {
        return (int) ((address - bases[bank]) >>> Page.SHIFT);
      }
    }
    throw new IllegalArgumentException("0x%x: not RAM".formatted(address));
  }

  /** Returns the address of the page with this number, or of the first page after a bank. */
  public long addressOf(int frame) {
    int bank = 0;
    while (frame > after[bank]) {
      bank++;
    }
    return bases[bank] + ((long) frame << Page.SHIFT);
  }
}
