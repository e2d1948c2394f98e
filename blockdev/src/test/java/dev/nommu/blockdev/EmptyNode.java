package dev.nommu.blockdev;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BusRange;
import dev.nommu.api.FirmwareNode;
import java.util.List;
import java.util.Optional;

/** A transport of which nothing but its place matters. */
record EmptyNode(String path) implements FirmwareNode {

  @Override
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public boolean has(String property) {
    return false;
  }

  @Override
  public Optional<String> string(String property) {
    return Optional.empty();
  }

  @Override
  public List<Long> cells(String property) {
    return List.of();
  }

  @Override
  public List<AddressRange> reg() {
    return List.of();
  }

  @Override
  public List<BusRange> localReg() {
    return List.of();
  }

  @Override
  public List<String> compatible() {
    return List.of("virtio,mmio");
  }

  @Override
  public List<FirmwareNode> children() {
    return List.of();
  }
}
