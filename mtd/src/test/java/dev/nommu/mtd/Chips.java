package dev.nommu.mtd;

import dev.nommu.api.AddressRange;
import dev.nommu.api.FirmwareNode;
import dev.nommu.fixtures.FakeNode;

/** Nodes of chips and partitions. */
final class Chips {
  private Chips() {}

  /** A flash, ROM or RAM with a bank width of 4. */
  static FakeNode device(String name, String compatible, long start, long length) {
    return FakeNode.at("/" + name)
        .withCompatible(compatible.split(" "))
        .withReg(new AddressRange(start, length))
        .with("bank-width", 4L);
  }

  /** A partition. */
  static FakeNode part(String label, long start, long length) {
    return FakeNode.at("/partitions/p@%x".formatted(start))
        .withReg(new AddressRange(start, length))
        .with("label", label);
  }

  /** A table of partitions. */
  static FakeNode table(FirmwareNode... parts) {
    return FakeNode.at("/partitions").withCompatible("fixed-partitions").withChildren(parts);
  }
}
