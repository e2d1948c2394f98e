package dev.nommu.campaign;

import java.util.BitSet;

/**
 * Other processes that run ranges of a campaign. For the thread that runs it, which no method keeps
 * waiting for a process that does not answer.
 */
public interface Members extends AutoCloseable {
  /** There are none. */
  Members NONE =
      new Members() {
        @Override
        public void tend(Ranges ranges) {}

        @Override
        public void written(BitSet done) {}

        @Override
        public void close() {}
      };

  /** Gives them what they are short of, enters what they have run, takes back from who has gone. */
  void tend(Ranges ranges);

  /**
   * Says that results are on the disk: nobody else has to remember them.
   *
   * @param done the numbers of all ranges of which that is so
   */
  void written(BitSet done);

  /** Tells them to stop; the second time, it does nothing. */
  @Override
  void close();
}
