package dev.nommu.campaign;

import java.util.BitSet;

/**
 * Other processes that run ranges of a campaign. Used by the thread that runs it; no method waits
 * for a process that does not answer.
 */
public interface Members extends AutoCloseable {
  /** No other processes. */
  Members NONE =
      new Members() {
        @Override
        public void tend(Ranges ranges) {}

        @Override
        public void written(BitSet done) {}

        @Override
        public void close() {}
      };

  /**
   * Gives them the ranges they need, enters their results, and takes back the ranges of members
   * that have gone.
   */
  void tend(Ranges ranges);

  /**
   * Reports that results are on disk: other members need not store them.
   *
   * @param done the numbers of all such ranges
   */
  void written(BitSet done);

  /** Tells them to stop. A second call has no effect. */
  @Override
  void close();
}
