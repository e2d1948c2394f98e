/**
 * Campaigns of several processes, with Hazelcast, which no other package names: who is there, which
 * ranges they have, results of which another member has a copy.
 */
@NullMarked
package dev.nommu.campaign.cluster;

import org.jspecify.annotations.NullMarked;
