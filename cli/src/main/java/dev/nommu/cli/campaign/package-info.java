/** Campaigns: generated sessions of plugins, for as long as time permits. */
@NullMarked
package dev.nommu.cli.campaign;

import org.jspecify.annotations.NullMarked;
