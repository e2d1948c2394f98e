package dev.nommu.mtd;

import dev.nommu.api.FirmwareNode;
import java.util.Optional;

/**
 * An MTD to register.
 *
 * @param mtd a whole device or a partition
 * @param node the node that describes it, if any
 */
record FoundMtd(Mtd mtd, Optional<FirmwareNode> node) {}
