/** Campaigns: what is run, by whom, what came of it. */
@NullMarked
package dev.nommu.campaign;

import org.jspecify.annotations.NullMarked;
