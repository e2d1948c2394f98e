/** Campaigns: plans, members, results. */
@NullMarked
package dev.nommu.campaign;

import org.jspecify.annotations.NullMarked;
