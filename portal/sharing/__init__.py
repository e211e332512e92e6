"""What search engines, feed readers and social media need: sitemap, robots, Atom, drawn share images."""
