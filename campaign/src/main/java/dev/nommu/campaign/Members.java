package dev.nommu.campaign;

/** Other processes that run ranges of a campaign. For the thread that runs it. */
interface Members extends AutoCloseable {
  /** There are none. */
  Members NONE =
      new Members() {
        @Override
        public void tend(Ledger ledger) {}

        @Override
        public void written() {}

        @Override
        public void close() {}
      };

  /** Gives them what they are short of, enters what they have run, takes back from who has gone. */
  void tend(Ledger ledger);

  /** Says that what was entered is on the disk: nobody else has to remember it. */
  void written();

  /** Tells them to stop. */
  @Override
  void close();
}
