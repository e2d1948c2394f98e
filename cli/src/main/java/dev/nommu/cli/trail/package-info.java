/** How mappings were decided: collected, summarised, reported. */
@NullMarked
package dev.nommu.cli.trail;

import org.jspecify.annotations.NullMarked;
