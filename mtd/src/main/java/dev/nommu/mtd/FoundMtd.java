package dev.nommu.mtd;

import dev.nommu.api.FirmwareNode;
import java.util.Optional;

/**
 * An MTD that is to be registered.
 *
 * @param mtd a whole device or a partition
 * @param node the node that describes it, if one does
 */
record FoundMtd(Mtd mtd, Optional<FirmwareNode> node) {}
