package dev.nommu.conformance;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;

/** What a device says when it is asked where a mapping of it would be. */
enum Answer {
  /** Where the offset is in its memory. */
  PLACE {
    @Override
    Placement to(MapRequest request, AddressRange memory) {
      return Placement.at(memory.start() + request.offset());
    }
  },
  /** That it does not want to handle it: ENOSYS. */
  DECLINE {
    @Override
    Placement to(MapRequest request, AddressRange memory) {
      return Placement.DECLINED;
    }
  },
  /** That it cannot be: EINVAL. */
  REFUSE {
    @Override
    Placement to(MapRequest request, AddressRange memory) throws ErrnoException {
      throw new ErrnoException(Errno.EINVAL, "not at offset " + request.offset());
    }
  };

  abstract Placement to(MapRequest request, AddressRange memory) throws ErrnoException;

  /** Returns what the property {@code answer} of a node asks for. */
  static Answer of(FirmwareNode node) throws ErrnoException {
    return valueOf(node.string("answer").orElseThrow());
  }

  /** Returns the property that asks for this. */
  String property() {
    return "answer = \"%s\";".formatted(name());
  }
}
