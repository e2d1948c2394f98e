/** Tests of the members of a campaign. */
@NullMarked
package dev.nommu.campaign.cluster;

import org.jspecify.annotations.NullMarked;
