/**
 * Campaigns of several processes, with Hazelcast, which only this package uses: members, their
 * ranges, and results with a copy on another member.
 */
@NullMarked
package dev.nommu.campaign.cluster;

import org.jspecify.annotations.NullMarked;
