#include "resample.h"

#include <stddef.h>

/* The resampler is compiled here, so that its code is part of this module and built with its flags. */
#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stb_image_resize.h>

int resample(const unsigned char* from, int from_width, int from_height, unsigned char* to, int to_width,
             int to_height) {
  return stbir_resize_uint8_generic(from, from_width, from_height, 0, to, to_width, to_height, 0, 3,
                                    STBIR_ALPHA_CHANNEL_NONE, 0, STBIR_EDGE_CLAMP, STBIR_FILTER_CATMULLROM,
                                    STBIR_COLORSPACE_LINEAR, NULL);
}
