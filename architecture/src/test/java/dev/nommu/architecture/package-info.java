/**
 * The boundaries between the rooms, enforced by tests over the classes and sources of all rooms.
 */
@NullMarked
package dev.nommu.architecture;

import org.jspecify.annotations.NullMarked;
