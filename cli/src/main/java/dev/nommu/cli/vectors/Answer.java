package dev.nommu.cli.vectors;

import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import dev.nommu.kernel.rules.MmapRules;
import java.lang.foreign.MemorySegment;

/** A driver's answer to a question about a mapping. */
sealed interface Answer {
  /** Returns the operation asked. */
  String question();

  /** Returns the answer in one word. */
  String word();

  /** Answers of get_unmapped_area. */
  enum Place implements Answer {
    /** An address in the driver's memory. */
    OWN("own"),
    /** An address that is not the driver's. */
    FOREIGN("foreign"),
    /** Not here. */
    ENOSYS("ENOSYS"),
    /** Another error. */
    EINVAL("EINVAL");

    private final String word;

    Place(String word) {
      this.word = word;
    }

    @Override
    public String question() {
      return "get_unmapped_area";
    }

    @Override
    public String word() {
      return word;
    }

    Placement give() throws ErrnoException {
      return switch (this) {
        case OWN -> Placement.at(MmapRules.STORE.start());
        case FOREIGN -> Placement.at(0);
        case ENOSYS -> Placement.DECLINED;
        case EINVAL -> throw new ErrnoException(Errno.EINVAL, "not this part");
      };
    }
  }

  /** Answers of mmap. */
  enum Permit implements Answer {
    /** It agrees. */
    OK("ok"),
    /** Not in place. */
    ENOSYS("ENOSYS"),
    /** Another error. */
    EAGAIN("EAGAIN");

    private final String word;

    Permit(String word) {
      this.word = word;
    }

    @Override
    public String question() {
      return "mmap";
    }

    @Override
    public String word() {
      return word;
    }

    Consent give() throws ErrnoException {
      return switch (this) {
        case OK -> Consent.ACCEPTED;
        case ENOSYS -> Consent.DECLINED;
        case EAGAIN -> throw new ErrnoException(Errno.EAGAIN, "not now");
      };
    }
  }

  /** Answers of read. */
  enum Count implements Answer {
    /** As much as requested. */
    ALL("all"),
    /** Nothing: past the end of the file. */
    NOTHING("nothing"),
    /** More than requested. */
    TOO_MUCH("too-much"),
    /** An error. */
    EIO("EIO");

    private final String word;

    Count(String word) {
      this.word = word;
    }

    @Override
    public String question() {
      return "read";
    }

    @Override
    public String word() {
      return word;
    }

    long give(MemorySegment into) throws ErrnoException {
      return switch (this) {
        case ALL -> into.byteSize();
        case NOTHING -> 0;
        case TOO_MUCH -> into.byteSize() + 1;
        case EIO -> throw new ErrnoException(Errno.EIO, "the store failed");
      };
    }
  }
}
